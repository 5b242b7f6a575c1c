package io.weekly.render.svg;

import static io.weekly.render.brand.LogoSamples.svg;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import io.weekly.render.RenderStopped;
import io.weekly.render.brand.LogoImage;
import io.weekly.tenant.logo.Images;
import io.weekly.tenant.logo.Logo;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class SvgPainterLimitsTest {
    @Test
    void anSvgThatNeverEndsIsRefusedBeforeAnyReport() {
        StringBuilder doubling = new StringBuilder("<g id='u0'><rect width='1' height='1'/></g>");
        for (int i = 1; i < 19; i++) {
            doubling.append("<g id='u%d'><use href='#u%d'/><use href='#u%d'/></g>".formatted(i, i - 1, i - 1));
        }

        assertThatThrownBy(() -> svg(doubling.toString())).hasMessageContaining("draws more than");
        assertThatThrownBy(() -> svg("<g id='a'><use href='#a'/></g>")).hasMessageContaining("draws more than");
        assertThatThrownBy(() -> svg("<g>".repeat(200) + "</g>".repeat(200))).hasMessageContaining("depth");
        assertThatThrownBy(() -> LogoImage.of(LogoImage.SVG, "<!DOCTYPE svg [<!ENTITY a 'b'>]><svg>&a;</svg>".getBytes()))
                .hasMessageContaining("DOCTYPE");
    }

    @Test
    void aPathThatIsUsedTooOftenIsRefusedBeforeAnyReport() {
        String path = "<path id='p' d='M0 0" + "h1".repeat(40_000) + "'/>";
        String texts = "<text id='p'>" + "<tspan>x</tspan>".repeat(5_000) + "</text>";
        String clipped = "<style>g{clip-path:url(#c)}</style><clipPath id='c'>" + path + "</clipPath>" + "<g/>".repeat(15_000);
        String filled = "<linearGradient id='g'>" + "<stop/>".repeat(50) + "</linearGradient>"
                + "<rect fill='url(#g)' width='1' height='1'/>".repeat(5_000);

        assertTimeoutPreemptively(Duration.ofSeconds(30), () -> {
            for (String drawn : List.of(clipped, filled, path + doubled(6), texts + doubled(10))) {
                assertThatThrownBy(() -> svg(drawn)).isInstanceOf(IllegalArgumentException.class).hasMessageContaining("segments");
            }
        });
    }

    @Test
    void aLargeLogoIsShown() {
        String path = "<path d='M0 0" + "l.1.2".repeat(30_000) + "' stroke='red'/>";

        assertThatCode(() -> svg("<clipPath id='c'><rect width='5' height='5'/></clipPath><g clip-path='url(#c)'>" + path + path + "</g>"))
                .doesNotThrowAnyException();
    }

    @Test
    void everySelectorCountsAsARuleAndAnImageIsUnpackedOnce() {
        String png = Base64.getEncoder().encodeToString(Images.png(1_400, 1_400));
        String styled = "<style>" + "a,".repeat(50_000) + "a{fill:red}</style>" + "<g/>".repeat(19_000);
        String shown = "<image id='p' width='5' height='5' href='data:image/png;base64," + png + "'/>" + doubled(9);

        assertTimeoutPreemptively(Duration.ofSeconds(30), () -> {
            svg(styled);
            svg(shown);
        });
        assertThatThrownBy(() -> svg(shown.replace("id='p'", "").repeat(3))).hasMessageContaining("segments");
    }

    @ParameterizedTest
    @MethodSource("hostile")
    void anSvgThatRepeatsOneThingIsDrawnOrRefusedInAShortTime(String name, String content) {
        assertThat(content.length()).isLessThan(Logo.MAX_BYTES);
        assertTimeoutPreemptively(Duration.ofSeconds(10), () -> {
            try {
                svg(content);
            } catch (IllegalArgumentException e) {
                assertThat(e.getMessage()).isNotBlank();
            }
        });
    }

    static Stream<Arguments> hostile() {
        String shapes = "<path d='M0 0h1'/>".repeat(5_000);
        String list = "1 ".repeat(900);
        return Stream.of(
                Arguments.of("style of a", "<style>" + "a".repeat(40_000) + "</style>"),
                Arguments.of("style of 1", "<style>" + "1".repeat(40_000) + "</style>"),
                Arguments.of("transform", "<g transform='" + "scale(".repeat(10_000) + "'/>"),
                Arguments.of("short transforms", "<g transform='scale('/>".repeat(8_000)),
                Arguments.of("transform in a style", "<g style='transform:" + "scale(".repeat(10_000) + "'>" + shapes + "</g>"),
                Arguments.of("url with blanks", "<g fill='url(#" + " ".repeat(490) + "' clip-path='url(#a'>" + shapes + "</g>"),
                Arguments.of("long colour", "<g fill='" + "rgb(".repeat(120) + "' stroke='hsl("
                        + "1 ".repeat(240) + "'>" + shapes + "</g>"),
                Arguments.of("dashes", "<g stroke='red' stroke-dasharray='" + "1-".repeat(240) + "'>" + shapes + "</g>"),
                Arguments.of("coordinates of texts", "<text id='p' x='" + "1 ".repeat(60_000) + "'>a</text>" + doubled(13)),
                Arguments.of("view boxes", "<symbol id='p' width='9' height='9' viewBox='" + list + "'/>" + doubled(13)),
                Arguments.of("references", "<g id='p'><use href='#" + "a".repeat(150_000) + "'/></g>" + doubled(13)),
                Arguments.of("rules of one element", "<style>" + "g{fill:red}".repeat(500) + "</style>" + "<g/>".repeat(19_000)),
                Arguments.of("classes", "<style>" + ".a{fill:red}".repeat(500) + "</style>" + "<g class='a'/>".repeat(9_000)),
                Arguments.of("many classes", "<style>.b{fill:red}</style><g class='" + "a ".repeat(90_000) + "'/>"),
                Arguments.of("gradients", "<linearGradient id='g'>" + "<stop offset='.5'/>".repeat(50) + "</linearGradient>"
                        + "<rect fill='url(#g)' stroke='url(#g)' width='1' height='1'/>".repeat(2_000)),
                Arguments.of("digits", "<path d='M" + "1".repeat(180_000) + "'/><rect width='" + "1".repeat(1_900) + "'/>"),
                Arguments.of("exponents", "<path d='M0 0" + "1e".repeat(60_000) + "'/>"),
                Arguments.of("commas", "<path d='M0 0" + ",".repeat(180_000) + "h1'/><polygon points='" + ".".repeat(15_000) + "'/>"),
                Arguments.of("declarations", "<g style='" + "fill:red;".repeat(20_000) + "'/>"),
                Arguments.of("images", "<image href='data:image/png;base64," + " ".repeat(180_000) + "'/>"),
                Arguments.of("namespaces", "<g " + namespaces(190) + "/>".repeat(1)));
    }

    private static String namespaces(int count) {
        return IntStream.range(0, count).mapToObj("xmlns:a%d='u' "::formatted).collect(Collectors.joining());
    }

    @Test
    void anInterruptEndsTheDrawing() {
        Thread.currentThread().interrupt();
        try {
            assertThatThrownBy(() -> svg("<rect width='1' height='1'/>")).isInstanceOf(RenderStopped.class);
        } finally {
            assertThat(Thread.interrupted()).isTrue();
        }
    }

    /** Shows the element p two to the power of that often. */
    private static String doubled(int times) {
        StringBuilder uses = new StringBuilder("<g id='d0'><use href='#p'/></g>");
        for (int i = 1; i <= times; i++) {
            uses.append("<g id='d%d'><use href='#d%d'/><use href='#d%d'/></g>".formatted(i, i - 1, i - 1));
        }
        return uses.toString();
    }
}

package io.weekly.render.svg;

import static io.weekly.render.brand.LogoSamples.svg;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import io.weekly.render.brand.LogoImage;
import io.weekly.tenant.logo.Images;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;

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

    /** Shows the element p two to the power of that often. */
    private static String doubled(int times) {
        StringBuilder uses = new StringBuilder("<g id='d0'><use href='#p'/></g>");
        for (int i = 1; i <= times; i++) {
            uses.append("<g id='d%d'><use href='#d%d'/><use href='#d%d'/></g>".formatted(i, i - 1, i - 1));
        }
        return uses.toString();
    }
}

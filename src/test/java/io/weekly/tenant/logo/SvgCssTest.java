package io.weekly.tenant.logo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.time.Duration;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SvgCssTest {

    private static final Pattern FUNCTION = Pattern.compile("([A-Za-z_-][A-Za-z0-9_-]*+)\\s*+\\(");
    private static final Pattern OUTSIDE = Pattern.compile("(?i)url\\s*+\\(\\s*+[\"']?+(?!#)");

    @Property(tries = 2000)
    void aTextIsRefusedIfItCallsAnotherFunctionOrLeavesTheFile(@ForAll("texts") String css) {
        boolean calls = FUNCTION.matcher(css).results()
                .anyMatch(call -> !Set.of("url", "rgb", "rgba").contains(call.group(1).toLowerCase(Locale.ROOT)));

        assertThat(SvgCss.fault("style", css).isPresent()).isEqualTo(calls || OUTSIDE.matcher(css).find());
    }

    @Provide
    Arbitrary<String> texts() {
        return Arbitraries.of("url", "URL", "rgb", "evil", "(", ")", " ", "\n", "#", "'", "\"", "1", "-", "é", "a")
                .list()
                .ofMaxSize(12)
                .map(parts -> String.join("", parts));
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", "1", "-", "_", " ", "(", "a(", "( ", "url", "url ", "url(# ", "rgb(", "é", "a ", "'", "\n", "/*", "url(#"})
    void theTimeGrowsWithTheLengthOnly(String part) {
        var css = part.repeat(Logo.MAX_BYTES / part.length());

        assertTimeoutPreemptively(Duration.ofSeconds(5), () -> SvgCss.fault("style", css));
    }
}

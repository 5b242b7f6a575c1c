package io.weekly.render.svg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SvgRuleTest {

    private static final Pattern RULE = Pattern.compile("([^{}]++)\\{([^{}]*+)\\}");

    @Test
    void aRuleHasItsElementClassesAndIds() {
        assertThat(SvgRule.parse("rect.a.b-2#c , * { fill: red; unknown: 1 } .x y { fill: blue } /* } */ g{stroke:none!important}"))
                .containsExactly(
                        new SvgRule("rect", List.of(".a", ".b-2", "#c"), Map.of("fill", "red"), 0),
                        new SvgRule("", List.of(), Map.of("fill", "red"), 1),
                        new SvgRule("g", List.of(), Map.of("stroke", "none"), 2));
    }

    /** The regular expression says what a rule is. It takes quadratic time. */
    @Property(tries = 2000)
    void theRulesAreThoseOfTheGrammar(@ForAll("sheets") String css) {
        var selectors = new ArrayList<String>();
        RULE.matcher(css).results().map(rule -> rule.group(1).strip()).filter(it -> it.matches("[a-z]+")).forEach(selectors::add);

        assertThat(SvgRule.parse(css)).extracting(SvgRule::element).containsExactlyElementsOf(selectors);
    }

    @Provide
    Arbitrary<String> sheets() {
        return Arbitraries.of("a", "b", "{", "}", " ", "fill:red;").list().ofMaxSize(15).map(parts -> String.join("", parts));
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "a", "1", "{", "}", "{}", "a{", "a}", "a{}", "/*", "*/", "/*/", ".a", "#", ",", "a,", ";", ":", "a:b;", " ", ".", "\n", "é"})
    void theTimeGrowsWithTheLengthOnly(String part) {
        String css = part.repeat(200_000 / part.length());

        assertTimeoutPreemptively(Duration.ofSeconds(5), () -> {
            assertThat(SvgRule.parse(css + "{fill:red}")).hasSizeLessThanOrEqualTo(SvgRule.MAX_RULES);
            SvgRule.declarations(css);
        });
    }
}

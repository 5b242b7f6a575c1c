package io.weekly.definition;

import static io.weekly.definition.DefinitionFiles.with;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import io.weekly.text.Spelling;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** A file of a definition may have a megabyte of anything. Loading it must not take long. */
class DefinitionLoaderLimitsTest {

    private static final int MAX_BYTES = 1 << 20;

    @ParameterizedTest
    @MethodSource("files")
    void aFileThatRepeatsOneThingIsLoadedInAShortTime(String file, String part) {
        var text = part.repeat(MAX_BYTES / part.length());

        assertTimeoutPreemptively(Duration.ofSeconds(20), () -> DefinitionLoader.load("x", with(file, text)));
    }

    static Stream<String[]> files() {
        return Stream.of(
                new String[] {"report.css", "/*"}, new String[] {"report.css", "url(x"}, new String[] {"report.css", "url(x)"},
                new String[] {"report.css", "{! "}, new String[] {"report.css", "@import "}, new String[] {"report.css", "'x'"},
                new String[] {"report.css", "p{"}, new String[] {"report.css", "}"}, new String[] {"report.css", "a"},
                new String[] {"report.html", "<!--"}, new String[] {"report.html", "<img "}, new String[] {"report.html", "<img src"},
                new String[] {"report.html", " src = "}, new String[] {"report.html", "<script>"}, new String[] {"report.html", "/*"},
                new String[] {"messages.properties", "a=1\n"}, new String[] {"messages.properties", "  "},
                new String[] {"messages.properties", "a"}, new String[] {"report.yaml", "a"}, new String[] {"report.yaml", " "});
    }

    @Test
    void manyEqualMistakesAreFewFaults() {
        var urls = (BrokenDefinition) DefinitionLoader.load("x", with("report.css", "p { background: url(x.png) }\n".repeat(10_000)));
        var text = new StringBuilder();
        for (int i = 0; i < 40_000; i++) {
            text.append("key").append(i % 20_000).append("=1\n");
        }
        var keys = (BrokenDefinition) DefinitionLoader.load("x", with("messages.properties", text.toString()));

        assertThat(urls.faults()).hasSize(20).extracting(BrokenDefinition.Fault::line).startsWith(1, 2, 3);
        assertThat(keys.faults()).hasSize(20).extracting(BrokenDefinition.Fault::line).startsWith(20_001, 20_002);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "/* url(a) */ p { color: url(b) }          | url(b)",
        "/* url(a) p { color: url(b) }             | url(a)",
        "<!-- url(a) --> {! url(b) !} x url(c)     | url(c)",
        "/* <!-- */ url(a) /* --> */               | url(a)",
        "/*/ url(a) */ url(b)                      | url(b)"})
    void aReferenceInACommentIsNoFault(String css, String first) {
        assertThat(ExternalReferences.ofStyle("report.css", css).getFirst().reason()).startsWith(first);
    }

    @Test
    void aVeryLongNameHasNoSuggestion() {
        var name = "a".repeat(500_000);

        assertTimeoutPreemptively(Duration.ofSeconds(5), () -> {
            assertThat(Spelling.hint(name, List.of(name + "b", "title"))).isEmpty();
            assertThat(Spelling.hint("titel", List.of(name, "title"))).isEqualTo("; did you mean title?");
        });
    }
}

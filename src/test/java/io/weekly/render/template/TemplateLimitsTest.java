package io.weekly.render.template;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.weekly.render.RenderException;
import io.weekly.render.brand.Brand;
import io.weekly.render.text.Formats;
import java.math.BigDecimal;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Templates that would take all of the memory, or a thread for hours. */
@Timeout(60)
class TemplateLimitsTest {
    private static final Map<String, String> MESSAGES = Map.of("twice", "{0}{0}", "much", "{0}".repeat(20_000), "seed", "x".repeat(1000));
    private static final List<Map<String, Object>> ROWS = Collections.nCopies(5_000, Map.of("name", "n".repeat(200), "value", 1));

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "a\\n{#for i in 2000000000}x{/for} | a loop goes through a number from 0 to 2000000, not through 2000000000",
        "a\\n{#for i in 2000000000}{/for} | a loop goes through a number from 0 to 2000000, not through 2000000000",
        "a\\n{#for i in 9000000000L}x{/for} | a loop goes through a number from 0 to 2000000, not through 9000000000",
        "a\\n{#each 2000000000}x{/each} | a loop goes through a number from 0 to 2000000, not through 2000000000",
        "a\\n{#for i in many}x{/for} | a loop goes through a number from 0 to 2000000, not through 2000000000",
        "a\\n{#for i in -5}x{/for} | a loop goes through a number from 0 to 2000000, not through -5"})
    void aRangeWithoutEndFailsBeforeItsFirstStep(String template, String reason) {
        assertFails("x/report.html", template, 2, reason);
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "{#for i in 2000}\n{#for j in 2000}{#for k in 2000}x{/for}{/for}{/for}",
        "{#for i in 2000}\n{#for j in 2000}{/for}{/for}",
        "{#for row in rows}\n{#for other in rows}{row.name}{/for}{/for}",
        "{#for row in rows}\n{#for other in rows}{#if other.value == 2}x{/if}{/for}{/for}",
        "{#if true}\n{#for i in 1999999}a{i}b{/for}{/if}"})
    void theLoopsOfATemplateTogetherAreBounded(String template) {
        for (var file : List.of("x/report.html", "x/mail.html", "x/mail.txt", "x/report.yaml")) {
            assertFails(file, template, 2, "the loops write more than 2000000 texts and values");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "{#for row in rows}\n{#for i in 60}{row.name}{/for}{/for}", "{#for i in 60}\n{#for row in rows}{row.name}{/for}{/for}"})
    void theTextThatLoopsWriteIsBounded(String template) {
        assertFails("x/mail.txt", template, 2, "the text becomes longer than 50000000 characters");
    }

    @Test
    void theTagsOfAPageAreBounded() {
        assertFails("x/report.html", "a\n{#for i in 260000}<b>{i}</b>{/for}", 2, "the page has more than 500000 tags");
        assertThat(compose("x/report.html", "{#for i in 240000}<b>{i}</b>{/for}")).endsWith("<b>240000</b>");
        assertThat(compose("x/report.html", "{text}", Map.of("text", "<".repeat(600_000)))).hasSize(4 * 600_000);
    }

    @Test
    void aValueThatBecomesTooLongByItsEscapesFailsWithItsLine() {
        var huge = "\"".repeat(9_000_000);

        var failure = failure("x/mail.html", "a\nb\n{huge}", Map.of("huge", huge));

        assertThat(failure).hasMessage("x/mail.html:3: the text becomes longer than 50000000 characters");
        assertThat(failure("x/mail.txt", "{huge}\n{huge}{huge}{huge}{huge}{huge}", Map.of("huge", huge)).reason())
                .isEqualTo("the text becomes longer than 50000000 characters");
    }

    /** Forty lines would make a text of 2^40 characters. */
    @Test
    void aMessageThatContainsItselfTwiceIsBounded() {
        var doubled = new StringBuilder("{#let t0=m.seed}");
        IntStream.range(0, 40).forEach(i -> doubled.append("\n{#let t%d=m.twice.with(t%d)}".formatted(i + 1, i)));

        assertFails("x/mail.txt", doubled + "{t40}", 15, "a message with its arguments has more than 10000000 characters");
        assertFails("x/mail.txt", "a\n{m.much.with(m.seed)}", 2, "a message with its arguments has more than 10000000 characters");
        assertFails("x/mail.txt", "a\n{#for i in 100000}{#if m.much.with('12345678').label('x') == ''}{/if}{/for}", 2,
                "the text becomes longer than 50000000 characters");
    }

    @Test
    void theChartsOfALoopAreBounded() {
        var template = "a\n{#for i in 10000}{#chart type='bars' data=rows x='name' y='value' /}{/for}";

        assertFails("x/report.html", template, 2, "the text becomes longer than 50000000 characters");
    }

    @Test
    void sectionsThatAreNestedTooDeeplyAreAMistakeOfTheTemplate() {
        var deep = "\n{#if true}".repeat(101) + "x" + "{/if}".repeat(101);

        var failure = catchThrowableOfType(RenderException.class, () -> ReportTemplate.parse("x/report.html", deep));

        assertThat(failure).hasMessage("x/report.html:102: sections are nested more than 100 deep");
        assertThat(compose("x/mail.txt", "{#if true}".repeat(100) + "x" + "{/if}".repeat(100))).isEqualTo("x");
        assertThat(catchThrowableOfType(RenderException.class, () ->
                ReportTemplate.parse("x/mail.txt", "{#if true}".repeat(20_000) + "x" + "{/if}".repeat(20_000)))).isNotNull();
    }

    @Test
    void aTemplateWithinTheLimitsIsComposed() {
        assertThat(compose("x/mail.txt", "{#for i in 3}{i}{#if i_hasNext},{/if}{#else}none{/for}")).isEqualTo("1,2,3");
        assertThat(compose("x/mail.txt", "{#for i in 0}x{#else}none{/for}{#each rows.atMost(2)}{it.value}{it_index}{/each}"))
                .isEqualTo("none1011");
        assertThat(compose("x/mail.txt", "{#for row in rows}{#for i in 40}{i.decimal(1)} {/for}\n{/for}")).hasLineCount(5_000);
    }

    private static void assertFails(String file, String template, int line, String reason) {
        var failure = failure(file, template.replace("\\n", "\n"), Map.of());
        assertThat(failure).as(template).isNotNull();
        assertThat(failure.getMessage()).isEqualTo(file + ":" + line + ": " + reason);
    }

    private static RenderException failure(String file, String template, Map<String, ?> more) {
        return catchThrowableOfType(RenderException.class, () -> compose(file, template, more));
    }

    private static String compose(String file, String template) {
        return compose(file, template, Map.of());
    }

    private static String compose(String file, String template, Map<String, ?> more) {
        var data = new HashMap<String, Object>(Map.of("rows", ROWS, "many", new BigDecimal("2000000000")));
        data.putAll(more);
        return ReportTemplate.parse(file, template).compose(data, MESSAGES, new Formats(Locale.ENGLISH), Brand.of("#0b5cad"));
    }
}

package io.weekly.render.template;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.weekly.render.RenderException;
import io.weekly.render.brand.Brand;
import io.weekly.render.text.Formats;
import java.math.BigDecimal;
import java.time.LocalDateTime;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ReportTemplateTest {
    private static final Brand BRAND = Brand.of("#0b5cad");

    @Test
    void markupInTheDataStaysText() {
        String page = compose("x/report.html", "<p title=\"{name}\">{name}</p>", Map.of("name", "<script>&\"']]>\u0000\ud800 {m.title}"));

        assertThat(page).isEqualTo("<p title=\"" + "&lt;script&gt;&amp;&quot;&#39;]]&gt;\ufffd\ufffd {m.title}" + "\">"
                + "&lt;script&gt;&amp;&quot;&#39;]]&gt;\ufffd\ufffd {m.title}</p>");
    }

    @Test
    void plainTextIsNotEscapedAndAValueCannotEndAStyle() {
        assertThat(compose("x/mail.txt", "{name}", Map.of("name", "A & B <c>"))).isEqualTo("A & B <c>");
        assertThat(compose("x/report.css", "a { content: \"{name}\"; }", Map.of("name", "\"; } </style>")))
                .doesNotContain("</style>", "\";  }");
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "p{margin:0}", "p{margin:0 auto;padding:1px 2px}q{font-family:\"A b\",c}", "p{color :red}", "p{-x-y:0}",
        "@media print{p{margin:0}}", "@media print{a[href=\"#\"]{color:red}#id{x:y}}", "@page{@bottom-left{content:'{x:y}'}}",
        "p{/* don't */color:red}", "p{}", "p { margin: 0 }"})
    void aMinifiedStyleSheetStaysAsItIs(String css) {
        assertThat(compose("x/report.css", css, Map.of("a", "{a}"))).isEqualTo(css);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "p{color:{name};margin:0} | p{color:red;margin:0}", "@media print{p{color:{name}}} | @media print{p{color:red}}",
        "p{{#if name == 'red'}margin:0{/if}} | p{margin:0}", "p{content:'{name.or('{')}'} | p{content:'red'}", "{name ? 'a' : 'b'} | a",
        "{data:name} | red", "{! p{margin:0} !}p{margin:0} | p{margin:0}", "p\\{margin:0} | p{margin:0}"})
    void expressionsInAStyleSheetStayExpressions(String css, String composed) {
        assertThat(compose("x/report.css", css, Map.of("name", "red"))).isEqualTo(composed);
    }

    @Test
    void unparsedPartsOfAStyleSheetStayAsTheyAre() {
        assertThat(compose("x/report.css", "{|p{margin:0}|}q{margin:0}", Map.of())).isEqualTo("p{margin:0}q{margin:0}");
    }

    @Test
    void aMinifiedStyleSheetKeepsItsLines() {
        RenderException failure = catchThrowableOfType(
                RenderException.class, () -> compose("x/report.css", "p{margin:0}\nq{margin:0}\np{color:{missing}}", Map.of()));

        assertThat(failure).hasMessageStartingWith("x/report.css:3: ");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "Es waren {0}. | 395 Mio. | Es waren 395 Mio.", "Es waren {0}. Gut. | 395 Mio. | Es waren 395 Mio. Gut.",
        "So {0}... | etc. | So etc....",
        "{0}. {0}. | x | x. x.", "{0} | 5. | 5."})
    void aDotIsNotWrittenTwice(String text, String filled, String reads) {
        assertThat(compose("x/mail.txt", "{text.with(filled)}", Map.of("text", text, "filled", filled))).isEqualTo(reads);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "{#for k in kpis} | 1", "{name.nothing} | 1", "one\\n{missing} | 2", "{name.raw} | 1",
        "{#chart type=\"pie\" data=rows x=\"a\" y=\"b\" /} | 1", "a\\nb\\n{#chart type=\"bars\" data=rows x=\"a\" /} | 3",
        "{#chart type=\"bars\" data=rows x=\"a\" y=\"b\" colour=\"red\" /} | 1", "{#include other /} | 1"})
    void aMistakeIsNamedWithFileAndLine(String template, int line) {
        RenderException failure = catchThrowableOfType(RenderException.class, () -> compose(
                "weekly/report.html", template.replace("\\n", "\n"), Map.of("name", "n", "rows", List.of())));

        assertThat(failure).hasMessageStartingWith("weekly/report.html:" + line + ": ");
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "integer", "decimal", "decimal(2)", "money", "money('EUR')", "compactMoney('EUR')", "compact", "figure", "percent",
        "changeFrom(row.v)",
        "shortDate", "longDate", "weekday", "weekdayShort", "weekNumber", "weekYear", "weekLabel", "moment(zone)", "label('metric')"})
    void aFormattedNullIsADash(String format) {
        assertThat(ofRow("{row.n." + format + "}")).isEqualTo("–");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "{row.n.figure ?: 'none'} | none", "{row.v.figure ?: 'none'} | 7", "{row.n ?: 'none'} | none", "{row.none ?: 'none'} | none",
        "{row.n.directionFrom(row.v)} | unknown", "{row.v.directionFrom(row.n)} | unknown", "{row.v.changeFrom(row.n)} | –",
        "{row.v.percentOf(row.n)} | 0", "{row.n.percentOf(row.v)} | 0", "{row.s.with(row.n, row.n.figure)} | s – –",
        "{#let x=row.n.figure}{x}{/let} | –"})
    void nullIsNotAnError(String template, String reads) {
        assertThat(ofRow(template)).isEqualTo(reads);
    }

    @Test
    void aFormattedNullIsADashAfterAFormattedNumber() {
        var rows = List.of(row(), new HashMap<>(Map.of("n", 5)), row());

        assertThat(compose("x/mail.txt", "{#for row in rows}{row.n.figure ?: 'none'} {row.n.figure} {/for}", Map.of("rows", rows)))
                .isEqualTo("none – 5 5 none – ");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "{rows.get(5).name} | uses a row that does not exist", "{#if rows.get(5).name}{/if} | uses a row that does not exist",
        "{row.v.changeFrom} | changeFrom needs an argument", "{row.s.label} | label needs an argument",
        "{row.v.changeFrom('x')} | changeFrom takes a number, not x", "{row.v.percentOf(row.s)} | percentOf takes a number, not s {0} {1}",
        "{row.v.decimal('x')} | decimal takes a number, not x", "{row.v.decimal(-1)} | not -1",
        "{row.v.money(row.n)} | money(…) does not take NULL",
        "{row.v.money('EURO')} | EURO", "{row.ts.moment('Mars/Base')} | Mars/Base", "{row.mising.figure} | \"mising\"",
        "{row.n.room} | \"room\" not found of NULL", "{row.n.nothing} | \"nothing\" not found of NULL"})
    void aWrongArgumentHasAReadableErrorWithItsLine(String template, String reason) {
        assertThatThrownBy(() -> ofRow("\n{row.v}\n" + template + "\n{row.v}"))
                .isInstanceOf(RenderException.class)
                .hasMessageStartingWith("x/mail.txt:3: ")
                .hasMessageContaining(reason)
                .hasMessageNotContainingAny("Exception", "java.", "cannot be cast");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "{row.ts.moment} | Nov 16, 2026, 11:30 PM", "{row.ts.moment(zone)} | Nov 17, 2026, 12:30 AM",
        "{row.ts.longDate} | November 16, 2026",
        "{row.ts.weekday} | Monday"})
    void aTimeWithoutAZoneStaysAsItIsOrCountsAsUtc(String template, String reads) {
        assertThat(ofRow(template).replace('\u202f', ' ')).isEqualTo(reads);
    }

    /** A database can store such days. The source returns them as text, because Java has no type for them. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "2026-11-00 | 2026-11-00", "0000-11-16 | 0000-11-16", "2026-02-30 06:30:00 | 2026-02-30 06:30:00",
        "2026-11-00 06:30:00.000001 | 2026-11-00 06:30:00.000001"})
    void aDayThatNoCalendarHasStaysAsItIs(String day, String reads) {
        var rows = Map.of("rows", List.of(Map.of("d", day)), "zone", "UTC");

        var shown = "{row.d} {row.d.shortDate} {row.d.longDate} {row.d.moment} {row.d.moment(zone)}";
        assertThat(compose("x/mail.txt", "{#for row in rows}" + shown + "{/for}", rows))
                .isEqualTo(String.join(" ", reads, reads, reads, reads, reads));
        var unknown = "{row.d.weekday} {row.d.weekdayShort} {row.d.weekNumber} {row.d.weekLabel}";
        assertThat(compose("x/mail.txt", "{#for row in rows}" + unknown + "{/for}", rows)).isEqualTo("– – – –");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "2026-11-16T23:30:00 | 2026-11-16 23:30:00", "2026-11-16T00:00:00 | 2026-11-16 00:00:00",
        "2026-11-16T06:30:05.25 | 2026-11-16 06:30:05.25", "0999-01-01T00:00:00.000001 | 0999-01-01 00:00:00.000001"})
    void aTimeWithoutAFormatIsWrittenLikeInSheets(LocalDateTime time, String reads) {
        assertThat(compose("x/report.html", "{t}", Map.of("t", time))).isEqualTo(reads);
        assertThat(compose("x/report.html", "{s.with(t)}", Map.of("t", time, "s", "at {0}"))).isEqualTo("at " + reads);
        assertThat(compose("x/report.html", "{#chart type='bars' data=rows x='n' y='v' title=t /}",
                Map.of("t", time, "rows", List.of(Map.of("n", "a", "v", 1L))))).contains(reads);
        assertThat(compose("x/mail.txt", "{t}", Map.of("t", time))).isEqualTo(reads);
    }

    @Test
    void anUnknownColumnOfAChartIsNamed() {
        assertThatThrownBy(() -> compose("x/report.html", "{#chart type=\"bars\" data=rows x=\"day\" y=\"value\" /}",
                Map.of("rows", List.of(Map.of("day", "Mon")))))
                .isInstanceOf(RenderException.class).hasMessageContaining("no column value, only [day]");
    }

    @Test
    void aTemplateKnowsTheNamesItUses() {
        ReportTemplate page = ReportTemplate.parse("x/report.html",
                "{#for row in top}{row.name}{/for}{#chart type=\"bars\" data=days x=\"d\" y=\"v\" /}{a.with(b)}");

        assertThat(List.of("top", "days", "a", "b")).allMatch(page::uses);
        assertThat(page.uses("trend")).isFalse();
    }

    @Test
    void chartsAreDrawnFromAnyData() {
        String template = "{#chart type=\"%s\" data=rows x=\"a\" y=\"b\" compare=\"c\" title=\"<t>\" legend=\"l\" /}";
        for (String type : List.of("bars", "trend")) {
            for (Double[] values : new Double[][] {{}, {null}, {0.0}, {1.0}, {-5.0, 3.0}, {1e19, 2.0, null}, {-1e19}}) {
                List<Map<String, Object>> rows = Arrays.stream(values).map(value -> {
                    Map<String, Object> row = new HashMap<>(Map.of("a", "x"));
                    row.put("b", value == null ? null : BigDecimal.valueOf(value));
                    row.put("c", value);
                    return row;
                }).toList();

                String svg = compose("x/report.html", template.formatted(type), Map.of("rows", rows));

                assertThat(svg).startsWith("<svg ").endsWith("</svg>")
                        .contains("<title>&lt;t&gt;</title>").doesNotContain("NaN", "Infinity");
            }
        }
    }

    private static String ofRow(String template) {
        return compose("x/mail.txt", template, Map.of("row", row(), "rows", List.of(), "zone", "Europe/Vienna"));
    }

    private static Map<String, Object> row() {
        Map<String, Object> row = new HashMap<>(Map.of("v", 7, "s", "s {0} {1}", "ts", LocalDateTime.of(2026, 11, 16, 23, 30)));
        row.put("n", null);
        return row;
    }

    private static String compose(String file, String template, Map<String, ?> data) {
        return ReportTemplate.parse(file, template).compose(data, Map.of("title", "T"), new Formats(Locale.ENGLISH), BRAND);
    }
}

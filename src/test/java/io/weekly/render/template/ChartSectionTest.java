package io.weekly.render.template;

import static io.weekly.render.chart.ChartMarkup.number;
import static io.weekly.render.chart.ChartMarkup.parse;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.weekly.render.RenderException;
import io.weekly.render.brand.Brand;
import io.weekly.render.chart.ChartSamples;
import io.weekly.render.text.Formats;
import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.w3c.dom.Element;

class ChartSectionTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
        "x/report.html | type=\"bars\" data=rows x=\"x\" y=\"y\" label=\"month\" | weekday, day, week",
        "x/report.html | type=\"bars\" data=rows x=\"x\" y=\"y\" format=\"euro\" | figure, integer, money, percent",
        "x/report.html | type=\"bars\" data=rows x=\"x\" y=\"y\" currency=\"EURO\" | 'EURO' is no currency",
        "x/report.html | type=\"bars\" data=rows x=\"x\" y=\"y\" colour=\"red\" | a chart has no colour",
        "x/report.html | type=\"bars\" data=rows x=\"x\" y=\"y\" series=\"s\" | of type bars has no series",
        "x/report.html | type=\"stacked\" data=rows x=\"x\" y=\"y\" | a chart needs series",
        "x/report.html | type=\"bars\" data=rows x=\"x\" y=\"y\" width=\"abc\" | a chart's width is a number of px from 8 to 2000, not abc",
        "x/report.html | type=\"bars\" data=rows x=\"x\" y=\"y\" height=\"-5\" | a chart's height is a number of px from 8 to 2000, not -5",
        "x/report.html | type=\"bars\" data=rows x=\"x\" y=\"y\" height=-5 | not -5",
        "x/report.html | type=\"bars\" data=rows x=\"x\" y=\"y\" width=2001 | not 2001",
        "x/report.html | type=\"bars\" data=rows x=\"x\" y=\"y\" width=\"\" | a chart's width",
        "x/report.html | type=\"line\" data=rows x=\"x\" y=\"y\" series=\"s\" compare=\"c\" | either series or compare",
        "x/mail.html | type=\"bars\" data=rows x=\"x\" y=\"y\" | report.html only",
        "x/mail.txt | type=\"bars\" data=rows x=\"x\" y=\"y\" | report.html only",
        "x/note.html | type=\"bars\" data=rows x=\"x\" y=\"y\" | report.html only",
        "x/report.html | type=\"bars\" data=\"rows\" x=\"x\" y=\"y\" | without quotes",
        "x/report.html | type=\"sparkline\" data=\"rows\" | without quotes"})
    void aMistakeInATagIsFoundWhenTheDefinitionIsLoaded(String file, String attributes, String reason) {
        RenderException failure = catchThrowableOfType(
                RenderException.class, () -> ReportTemplate.parse(file, "\n{#chart " + attributes + " /}"));

        assertThat(failure).hasMessageStartingWith(file + ":2: ").hasMessageContaining(reason);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "x=\"x\" y=\"nothing\" | no column nothing, only [", "x=\"nothing\" y=\"y\" | no column nothing",
        "x=\"x\" y=\"s\" | holds no number: a",
        "x=\"x\" y=\"y\" compare=\"c2\" | no column c2", "x=\"x\" y=\"y\" format=wrong | figure, integer",
        "x=\"x\" y=\"y\" width=wrong | not WRONG",
         "x=\"x\" y=\"y\" currency=wrong | is no currency"})
    void aTagThatDoesNotFitTheDataFailsWithFileAndLine(String attributes, String reason) {
        ReportTemplate page = ReportTemplate.parse("x/report.html", "\n\n{#chart type=\"bars\" data=rows " + attributes + " /}");
        Map<String, Object> data = Map.of("rows", List.of(ChartSamples.row("x", "a", "y", 1, "s", "a")), "wrong", "WRONG");

        RenderException failure = catchThrowableOfType(RenderException.class,
                () -> page.compose(data, Map.of(), new Formats(Locale.ENGLISH), Brand.of("#0b5cad")));

        assertThat(failure).hasMessageStartingWith("x/report.html:3: ").hasMessageContaining(reason);
    }

    @ParameterizedTest
    @ValueSource(strings = {"width=150 height=80", "width=\"150\" height=\"80\"", "width=wide height=high"})
    void aSizeIsANumberOrATextWithANumber(String size) throws Exception {
        Map<String, Object> data = Map.of("rows", List.of(ChartSamples.row("x", "a", "y", 1)), "wide", new BigDecimal("150"), "high", "80");

        String tag = "{#chart type=\"bars\" data=rows x=\"x\" y=\"y\" " + size + " /}";

        Element drawing = parse(ReportTemplate.parse("x/report.html", tag)
                .compose(data, Map.of(), new Formats(Locale.ENGLISH), Brand.of("#0b5cad"))).getDocumentElement();

        assertThat(number(drawing, "width")).isEqualTo(150);
        assertThat(number(drawing, "height")).isEqualTo(80);
    }
}

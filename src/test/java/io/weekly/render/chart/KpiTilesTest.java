package io.weekly.render.chart;

import static io.weekly.render.chart.ChartMarkup.compose;
import static io.weekly.render.chart.ChartMarkup.texts;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KpiTilesTest {
    @ParameterizedTest
    @ValueSource(ints = {150, 278, 400, 656})
    void noNumberOfATileIsCut(int width) throws Exception {
        List<Map<String, Object>> rows = new ArrayList<>();
        for (double value : new double[] {45_210, 12_345.67, 9_876_543, 0.1234}) {
            rows.add(ChartSamples.row("x", "revenue", "y", value, "c", value * 1.1, "currency", "EUR"));
        }

        String tag = "{#chart type=\"kpi\" data=rows x=\"x\" y=\"y\" compare=\"c\" width=" + width + " /}";
        List<String> texts = texts(compose(tag, rows, Locale.GERMAN));

        assertThat(texts).contains("45.210\u00a0€", "12.346\u00a0€", "Vorwoche 49.731\u00a0€").noneMatch(text -> text.contains("…"));
    }

    @Test
    void aChangeHasAnArrowAndASignNotOnlyAColour() throws Exception {
        List<Map<String, Object>> rows = List.of(
                ChartSamples.row("x", "revenue", "y", 110, "c", 100, "currency", "EUR"),
                ChartSamples.row("x", "return_rate", "y", 0.04, "c", 0.05, "format", "percent"),
                ChartSamples.row("x", "visitors", "y", 7, "c", null));

        String svg = compose(ChartSamples.tag("kpi", "rows"), rows, Locale.ENGLISH);

        assertThat(texts(svg)).contains("Net revenue", "€110", "+10.0%", "Last week €100",
                "Return rate", "4.0%", "−20.0%", "Last week 5.0%",
                "Visitors", "–", "No figure for last week");
        assertThat(svg.split("<path ")).hasSize(3);
    }
}

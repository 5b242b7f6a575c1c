package io.weekly.render.chart;

import static io.weekly.render.chart.ChartMarkup.compose;
import static io.weekly.render.chart.ChartMarkup.texts;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ChartNumbersTest {
    @Test
    void aSmallAmountHasTheDecimalsOfItsCurrency() throws Exception {
        List<Map<String, Object>> rows = List.of(ChartSamples.row("x", "a", "y", 45), ChartSamples.row("x", "b", "y", 30));
        String tag = "{#chart type=\"donut\" data=rows x=\"x\" y=\"y\" currency=\"%s\" /}";

        assertThat(texts(compose(tag.formatted("JPY"), rows, Locale.ENGLISH))).contains("¥45", "¥75");
        assertThat(texts(compose(tag.formatted("EUR"), rows, Locale.ENGLISH))).contains("€45.00", "€75.00");
    }

    @Test
    void theCurrencyStandsWhereTheReaderExpectsIt() throws Exception {
        List<Map<String, Object>> rows = List.of(ChartSamples.row("x", "a", "y", 16_000), ChartSamples.row("x", "b", "y", -12_500));
        String tag = "{#chart type=\"bars\" data=rows x=\"x\" y=\"y\" format=\"money\" currency=\"EUR\" /}";

        assertThat(texts(compose(tag, rows, Locale.ENGLISH))).contains("€20K", "−€20K", "€16,000", "−€12,500");
        assertThat(texts(compose(tag, rows, Locale.GERMAN))).contains("20.000\u00a0€", "−20.000\u00a0€", "16.000\u00a0€");
    }
}

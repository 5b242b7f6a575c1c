package io.weekly.render.chart;

import static io.weekly.render.chart.ChartMarkup.compose;
import static io.weekly.render.chart.ChartMarkup.texts;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DonutSharesTest {
    @Test
    void aNegativeValueIsNotAShare() throws Exception {
        List<Map<String, Object>> rows = List.of(
                ChartSamples.row("x", "Sales", "y", 300), ChartSamples.row("x", "Refunds", "y", -50),
                ChartSamples.row("x", "Gifts", "y", 100));

        List<String> texts = texts(compose(ChartSamples.tag("donut", "rows"), rows, Locale.ENGLISH));

        assertThat(texts).contains("75.0%", "25.0%", "400", "−50", "–");
    }

    @Test
    void aNegativeValueIsNotAddedToTheOtherShares() throws Exception {
        List<Map<String, Object>> rows = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            rows.add(ChartSamples.row("x", "n" + i, "y", 100));
        }
        rows.add(ChartSamples.row("x", "g", "y", 90));
        rows.add(ChartSamples.row("x", "returns", "y", -500));

        assertThat(texts(compose(ChartSamples.tag("donut", "rows"), rows, Locale.ENGLISH)))
                .contains("690", "14.5%", "Other", "90", "13.0%", "returns", "−500").doesNotContain("−410", "600");
    }

    @Test
    void negativeValuesAreAddedUpAmongThemselves() throws Exception {
        List<Map<String, Object>> rows = new ArrayList<>();
        for (int i = 1; i <= 9; i++) {
            rows.add(ChartSamples.row("x", "gain" + i, "y", 100 * i));
            rows.add(ChartSamples.row("x", "loss" + i, "y", -i));
        }
        String tag = "{#chart type=\"donut\" data=rows x=\"x\" y=\"y\" /}";

        assertThat(texts(compose(tag, rows, Locale.ENGLISH))).contains("gain4", "4,500", "loss9", "loss8", "loss7", "−21")
                .doesNotContain("gain3", "loss6").filteredOn("Other"::equals).hasSize(2);
    }

    @Test
    void aDonutOfNegativeValuesShowsTheirTotal() throws Exception {
        List<Map<String, Object>> rows = List.of(ChartSamples.row("x", "Refunds", "y", -50), ChartSamples.row("x", "Fees", "y", -20));

        assertThat(texts(compose(ChartSamples.tag("donut", "rows"), rows, Locale.ENGLISH))).contains("−70", "−50", "−20", "–");
    }
}

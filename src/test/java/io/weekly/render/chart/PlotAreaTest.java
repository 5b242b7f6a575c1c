package io.weekly.render.chart;

import static io.weekly.render.chart.ChartMarkup.compose;
import static io.weekly.render.chart.ChartMarkup.texts;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PlotAreaTest {
    @Test
    void aSmallChartHasNoLegend() throws Exception {
        List<Map<String, Object>> rows = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            rows.add(ChartSamples.row("x", "Mon", "y", 10, "s", "A long name of a series " + i));
        }
        String tag = "{#chart type=\"stacked\" data=rows x=\"x\" y=\"y\" series=\"s\" width=150 height=%d /}";

        assertThat(texts(compose(tag.formatted(60), rows, Locale.ENGLISH)))
                .noneMatch(text -> text.startsWith("A long")).contains("Mon", "0", "40");
        assertThat(texts(compose(tag.formatted(190), rows, Locale.ENGLISH)).stream().filter(text -> text.startsWith("A long"))).hasSize(4);
    }
}

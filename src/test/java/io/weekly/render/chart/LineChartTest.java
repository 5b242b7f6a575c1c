package io.weekly.render.chart;

import static io.weekly.render.chart.ChartMarkup.compose;
import static io.weekly.render.chart.ChartMarkup.texts;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LineChartTest {
    @Test
    void theLargestLinesAreNamedIfThereIsNoSpaceForAll() throws Exception {
        List<Map<String, Object>> rows = new ArrayList<>();
        for (int i = 1; i <= 9; i++) {
            rows.add(ChartSamples.row("x", "Mon", "y", i, "s", "s" + i));
            rows.add(ChartSamples.row("x", "Tue", "y", 10 * i, "s", "s" + i));
        }

        String tag = "{#chart type=\"line\" data=rows x=\"x\" y=\"y\" series=\"s\" height=80 /}";

        assertThat(texts(compose(tag, rows, Locale.ENGLISH)))
                .contains("s9 90", "s6 60", "Other 60").doesNotContain("s4 40");
    }

    @Test
    void aGapInTheDataIsAGapInTheLine() throws Exception {
        List<Map<String, Object>> rows = new ArrayList<>();
        for (Integer value : new Integer[] {1, 2, null, 4, 5}) {
            rows.add(ChartSamples.row("x", "a", "y", value));
        }

        assertThat(compose("{#chart type=\"line\" data=rows x=\"x\" y=\"y\" /}", rows, Locale.ENGLISH).split("<polyline ")).hasSize(3);
    }
}

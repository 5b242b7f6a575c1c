package io.weekly.render.chart;

import static io.weekly.render.chart.ChartMarkup.compose;
import static io.weekly.render.chart.ChartMarkup.texts;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SeriesRowsTest {
    @Test
    void seriesBeyondTheSixthAreAddedUpAndTheSumsStayTheSame() throws Exception {
        List<Map<String, Object>> rows = new ArrayList<>();
        for (int i = 0; i < 9; i++) {
            rows.add(ChartSamples.row("x", "Mon", "y", 10 * (i + 1), "s", "s" + i));
        }

        assertThat(texts(compose(ChartSamples.tag("stacked", "rows"), rows, Locale.ENGLISH)))
                .contains("s8", "s3", "Other", "450").doesNotContain("s0", "s1", "s2");
        assertThat(texts(compose("{#chart type=\"donut\" data=rows x=\"s\" y=\"y\" /}", rows, Locale.ENGLISH)))
                .contains("s8", "Other", "60", "13.3%", "450", "Total").doesNotContain("s2");
    }

    /** A table of 10,000 series by 10,000 labels holds 100 million references, which are 400 MB at least. The chart allocates 70 MB. */
    @Test
    void asManySeriesAsRowsNeedNoTableOfAllLabelsByAllSeries() {
        List<Map<String, Object>> rows = new ArrayList<>();
        for (int i = 0; i < 10_000; i++) {
            rows.add(ChartSamples.row("x", "x" + i, "y", i + 1, "s", "s" + i));
        }
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();

        assertTimeoutPreemptively(Duration.ofMinutes(1), () -> {
            long before = threads.getCurrentThreadAllocatedBytes();
            String svg = compose(ChartSamples.tag("stacked", "rows"), rows, Locale.ENGLISH);
            long allocated = threads.getCurrentThreadAllocatedBytes() - before;

            assertThat(allocated).as("bytes that one chart allocates").isLessThan(200_000_000);
            assertThat(texts(svg)).contains("s9999", "Other").doesNotContain("s1");
        });
    }
}

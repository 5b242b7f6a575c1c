package io.weekly.render.chart;

import static io.weekly.render.chart.ChartMarkup.parse;
import static org.assertj.core.api.Assertions.assertThat;

import io.weekly.render.brand.Brand;
import io.weekly.render.template.ReportTemplate;
import io.weekly.render.text.Formats;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ChartRowsTest {
    @Test
    void aSparklineTakesAListInOneColumn() throws Exception {
        for (String list : List.of("3,4,,5", "[3, 4, null, 5]")) {
            String svg = ReportTemplate.parse("x/report.html", "{#chart type=\"sparkline\" data=list /}")
                    .compose(Map.of("list", list), Map.of(), new Formats(Locale.ENGLISH), Brand.of("#0b5cad"));

            assertThat(parse(svg).getDocumentElement().getAttribute("aria-label"))
                    .isEqualTo("Small line chart: 3 values, lowest 3, highest 5, last 5");
        }
    }
}

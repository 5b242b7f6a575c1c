package io.weekly.render.pdf;

import static io.weekly.render.chart.ChartMarkup.KINDS;
import static io.weekly.render.chart.ChartMarkup.alternatives;
import static io.weekly.render.chart.ChartMarkup.compose;
import static org.assertj.core.api.Assertions.assertThat;

import io.weekly.render.chart.ChartSamples;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.openpdf.text.pdf.PdfDictionary;
import org.openpdf.text.pdf.PdfName;
import org.openpdf.text.pdf.PdfReader;

class ChartDrawingTest {
    @Test
    void noChartIsARasterImageInThePdf() throws Exception {
        StringBuilder page = new StringBuilder("<html><body>");
        for (String kind : KINDS) {
            page.append(compose(ChartSamples.tag(kind, "rows"), ChartSamples.ugly().get("gaps"), Locale.ENGLISH));
        }

        PdfReader pdf = new PdfReader(new Pdf().render("x/report.html", page + "</body></html>"));

        assertThat(alternatives(pdf)).hasSizeGreaterThanOrEqualTo(1);
        for (int i = 1; i <= pdf.getNumberOfPages(); i++) {
            PdfDictionary objects = pdf.getPageN(i).getAsDict(PdfName.RESOURCES).getAsDict(PdfName.XOBJECT);
            assertThat(objects == null || objects.getKeys().isEmpty()).isTrue();
        }
    }
}

package io.weekly.render.chart;

import static io.weekly.render.chart.ChartMarkup.alternatives;
import static io.weekly.render.chart.ChartMarkup.compose;
import static io.weekly.render.chart.ChartMarkup.parse;
import static org.assertj.core.api.Assertions.assertThat;

import io.weekly.render.pdf.Pdf;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.openpdf.text.pdf.PdfReader;

class ChartTextTest {
    @Test
    void theTextAlternativeIsInTheReadersLanguageAndInThePdf() throws Exception {
        List<Map<String, Object>> rows = List.of(ChartSamples.row("x", "Mo", "y", 1200), ChartSamples.row("x", "Di", "y", 900));
        String svg = compose("{#chart type=\"bars\" data=rows x=\"x\" y=\"y\" title=\"Umsatz\" /}", rows, Locale.GERMAN);
        String told = "Umsatz. Säulendiagramm: 2 Werte von Mo bis Di, niedrigster 900 (Di), höchster 1.200 (Mo), letzter 900 (Di)";

        PdfReader pdf = new PdfReader(new Pdf().render("x/report.html", "<html><body>" + svg + "</body></html>"));

        assertThat(parse(svg).getDocumentElement().getAttribute("aria-label")).isEqualTo(told);
        assertThat(alternatives(pdf)).containsExactly(told);
        assertThat(new String(pdf.getPageContent(1), StandardCharsets.ISO_8859_1)).contains("/Span /", "BDC", "EMC");
    }
}

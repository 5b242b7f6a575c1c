package io.weekly.render.pdf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.weekly.render.RenderException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Pages that would take all of the memory. */
@Timeout(60)
class PdfLimitsTest {

    @ParameterizedTest
    @ValueSource(strings = {"colspan", "rowspan"})
    void aCellThatSpansABillionColumnsOrRowsIsLimited(String span) {
        var table = "<table><tr><td %s='1000000000'>a</td><td>b</td></tr></table>".formatted(span);

        assertThat(render(table)).isNotEmpty();
        assertThat(render("<table><colgroup><col span='1000000000'/></colgroup><tr><td>a</td></tr></table>")).isNotEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"1000000000.0", "+1000000000", "1e9", "0001", "-5", "0", "", "x", " 7 ", "99999999999999"})
    void aSpanThatIsNoNumberOrALargeOneIsLimited(String span) {
        assertThat(render("<table><tr><td colspan='%s' rowspan='%s'>a</td><td>b</td></tr></table>".formatted(span, span))).isNotEmpty();
    }

    @Test
    void manyCellsThatSpanManyColumnsFailTheReport() {
        assertThatThrownBy(() -> render("<table><tr>" + "<td colspan='1000'></td>".repeat(1000) + "</tr></table>"))
                .isInstanceOf(RenderException.class)
                .hasMessage("x/report.html: its cells span more than 50000 columns and rows in all");
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "<style>td { -fs-table-cell-colspan: 1000000000 }</style>", "<p style='-FS-table-cell-rowspan: 1e9'>x</p>",
        "<style>td { \\2d fs-table-cell-colspan: 9 }</style>", "<style>td { -f\\s-table-\\63 ell-rowspan: 9 }</style>"})
    void aStyleThatSetsASpanFailsTheReport(String body) {
        assertThatThrownBy(() -> render(body))
                .isInstanceOf(RenderException.class)
                .hasMessage("x/report.html: its style sets -fs-table-cell-…; use colspan and rowspan");
    }

    @Test
    void elementsThatAreNestedTooDeeplyFailTheReport() {
        assertThatThrownBy(() -> render("<div>".repeat(50_000) + "x" + "</div>".repeat(50_000)))
                .isInstanceOf(RenderException.class)
                .hasMessageStartingWith("x/report.html:1: is not XHTML");
    }

    @Test
    void aReportOfAMillionPagesFails() {
        assertThatThrownBy(() -> render("<div style='height: 50000000px'>x</div>"))
                .isInstanceOf(RenderException.class)
                .hasMessageMatching("x/report.html: it has \\d+ pages, and a report has at most 5000");
    }

    private static byte[] render(String body) {
        return new Pdf().render("x/report.html", "<html><body>" + body + "</body></html>");
    }
}

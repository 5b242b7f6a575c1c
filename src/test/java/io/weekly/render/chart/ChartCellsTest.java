package io.weekly.render.chart;

import static org.assertj.core.api.Assertions.assertThat;

import io.weekly.render.pdf.Pdf;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.openpdf.text.pdf.PdfReader;
import org.openpdf.text.pdf.parser.PdfTextExtractor;

class ChartCellsTest {
    private static final List<String> TAGS = List.of(
            "{#chart type='bars' data=rows x='name' y='value' /}", "{#chart type='donut' data=rows x='name' y='value' /}",
            "{#chart type='kpi' data=rows x='name' y='value' /}", "{#chart type='line' data=rows x='day' y='value' series='name' /}",
            "{#chart type='stacked' data=rows x='day' y='value' series='name' /}",
            "{#chart type='bars' data=rows x='day' y='value' legend=rows.get(0).name /}");

    @ParameterizedTest
    @ValueSource(strings = {"\n", "\r\n", "\t", "\u2028", "\u0085", "\n\n ", "\u000b"})
    void aBreakInALabelIsASpace(String between) throws Exception {
        for (var tag : TAGS) {
            var svg = ChartMarkup.compose(tag, rows("North" + between + "East"), Locale.ENGLISH);

            assertThat(String.join("|", ChartMarkup.texts(svg))).as(tag).contains("North East");
        }
    }

    @Test
    void aBreakInTheTextOfADrawingOfTheAuthorIsASpace() throws Exception {
        var text = "<text x='9' y='40' fill='#000000'>North\nEast\tWest</text>";
        var page = "<html><body><svg width='300' height='90'>" + text + "</svg></body></html>";

        var pdf = new PdfReader(new Pdf().render("x/report.html", page));

        assertThat(new PdfTextExtractor(pdf).getTextFromPage(1)).contains("North East West");
    }

    @Test
    void aLabelThatIsTooWideIsCutBetweenVisibleCharacters() throws Exception {
        var flags = "e\u0301\u0323".repeat(200);
        var svg = ChartMarkup.compose(TAGS.getFirst(), rows(flags), Locale.ENGLISH);

        assertThat(ChartMarkup.texts(svg)).filteredOn(text -> text.endsWith("…"))
                .isNotEmpty().allSatisfy(text -> assertThat(text).matches("(?:e\u0301\u0323)+…"));
    }

    private static List<Map<String, Object>> rows(String name) {
        return List.of(Map.of("name", name, "value", 5, "day", "d1"), Map.of("name", "b", "value", 7, "day", "d1"));
    }
}

package io.weekly.render.pdf;

import static org.assertj.core.api.Assertions.assertThat;

import io.weekly.render.brand.LogoImage;
import io.weekly.render.text.MissingCharacters;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.openpdf.text.pdf.PdfReader;
import org.openpdf.text.pdf.parser.PdfTextExtractor;

/** What the reader of a PDF does not see. */
class PdfFileTest {
    private static final String PIXEL = "data:image/png;base64,"
            + "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5E"
            + "rkJggg==";

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "<p>شركة</p> | 4", "<table><tr><td>山</td><td>田 山</td></tr></table> | 3", "<svg width='9' height='9'><text>山田</text></svg> | 2",
        "<p>Ann</p> | 0", "<p title='山'>x</p> | 0"})
    void theCharactersOfThePageThatTheFontDoesNotHaveAreCounted(String body, int count) {
        assertThat(render("", body).missing().count()).isEqualTo(count);
    }

    /** Such texts are not in the page, and OpenPDF would draw nothing. */
    @ParameterizedTest
    @ValueSource(strings = {
        "p:before { content: '山田' }", "p:before { content: '\\5c71\\7530' }", "p:after { content: attr(title) }",
        "@page { @bottom-center { content: '山田' } }"})
    void aTextOfTheStyleSheetIsCountedAndShownAsMissing(String css) throws IOException {
        var file = render(css, "<p title='山田'>x</p>");

        assertThat(file.missing()).isEqualTo(new MissingCharacters(2, "山 田"));
        assertThat(new PdfTextExtractor(new PdfReader(file.bytes())).getTextFromPage(1)).contains("\ufffd\ufffd");
    }

    @Test
    void anImageThatIsNotShownIsCountedOnce() {
        var broken = "<img src='data:image/png;base64,AAAA'/>";
        var outside = "<img src='http://127.0.0.1:1/a.png'/>";

        assertThat(render("", broken + broken + outside).imagesLeftOut()).isEqualTo(2);
        assertThat(render("", "<img src='" + PIXEL + "'/><img src=''/>").imagesLeftOut()).isZero();
    }

    /** A logo in the header of each page is one drawing. */
    @Test
    void theCharactersOfAnSvgLogoAreCountedOnce() {
        var svg = "<svg xmlns='http://www.w3.org/2000/svg' width='50' height='20'><text y='9'>山田</text></svg>";
        var logo = LogoImage.of(LogoImage.SVG, svg.getBytes(StandardCharsets.UTF_8));
        var image = "<img src='%s'/>".formatted(logo.dataUri());

        assertThat(render("", image + image, Optional.of(logo)).missing()).isEqualTo(new MissingCharacters(2, "山 田"));
    }

    private static PdfFile render(String css, String body) {
        return render(css, body, Optional.empty());
    }

    private static PdfFile render(String css, String body, Optional<LogoImage> logo) {
        var page = "<html><head><style>%s</style></head><body>%s</body></html>".formatted(css, body);
        return new Pdf().render("x/report.html", page, logo, Optional.empty());
    }
}

package io.weekly.render.pdf;

import static io.weekly.render.brand.LogoSamples.PNG;
import static io.weekly.render.brand.LogoSamples.render;
import static io.weekly.render.brand.LogoSamples.svg;
import static org.assertj.core.api.Assertions.assertThat;

import io.weekly.render.brand.LogoImage;
import io.weekly.tenant.logo.Images;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.openpdf.text.pdf.PdfReader;
import org.openpdf.text.pdf.parser.PdfTextExtractor;

class ReplacedElementsTest {
    @Test
    void noOtherSvgThanTheLogoIsDrawn() throws IOException {
        byte[] secret = Images.svg("<text y='9'>SECRET</text>").getBytes();
        String other = "data:image/svg+xml;base64," + Base64.getEncoder().encodeToString(secret);
        LogoImage logo = svg("<text y='9' font-size='5'>Acme</text>");

        PdfReader pdf = render("<img src=\"" + other + "\"/><img src=\"" + logo.dataUri() + "\"/>", Optional.of(logo));
        PdfReader without = render("<img src=\"" + logo.dataUri() + "\"/>", Optional.empty());

        assertThat(new PdfTextExtractor(pdf).getTextFromPage(1)).contains("Acme").doesNotContain("SECRET");
        assertThat(new PdfTextExtractor(without).getTextFromPage(1)).doesNotContain("Acme");
    }

    @Test
    void anImageKeepsItsProportionsWithinTheMaximumSize() throws IOException {
        LogoImage wide = LogoImage.of(PNG, Images.png(1000, 100));
        PdfReader pdf = render("<img style=\"max-width: 100pt; max-height: 40pt\" src=\"" + wide.dataUri() + "\"/>", Optional.of(wide));
        PdfReader tall = render("<img style=\"height: 400pt; max-height: 40pt\" src=\"" + wide.dataUri() + "\"/>", Optional.of(wide));

        assertThat(shownIn(pdf)).containsExactly(100L, 10L);
        assertThat(shownIn(tall)).containsExactly(400L, 40L);
    }

    @Test
    void aLogoInTheHeaderOfEveryPageIsDrawnOnce() throws IOException {
        LogoImage logo = svg("<path d='M0 0" + "l.1.2".repeat(20_000) + "' stroke='red'/>");
        String header = "<div style=\"position: running(top)\"><img style=\"width: 50pt\" src=\"" + logo.dataUri() + "\"/></div>";

        byte[] one = pdf(header, 1, logo);
        byte[] many = pdf(header, 40, logo);

        assertThat(new PdfReader(many).getNumberOfPages()).isGreaterThanOrEqualTo(40);
        assertThat(many.length).isLessThan(one.length + one.length / 2);
    }

    private static byte[] pdf(String header, int pages, LogoImage logo) {
        String style = "@page { @top-left { content: element(top) } } p { page-break-before: always }";
        String html = "<html><head><style>" + style + "</style></head><body>" + header + "<p>text</p>".repeat(pages) + "</body></html>";
        return new Pdf().render("x/report.html", html, Optional.of(logo), Optional.empty()).bytes();
    }

    /** Width and height of the image on the page, in whole points. */
    private static List<Long> shownIn(PdfReader pdf) throws IOException {
        String page = new String(pdf.getPageContent(1), StandardCharsets.ISO_8859_1);
        Matcher placed = Pattern.compile("q (\\S+) 0 0 (\\S+) \\S+ \\S+ cm").matcher(page);
        assertThat(placed.find()).isTrue();
        return List.of(Math.round(Double.parseDouble(placed.group(1))), Math.round(Double.parseDouble(placed.group(2))));
    }
}

package io.weekly.render.image;

import static org.assertj.core.api.Assertions.assertThat;

import io.weekly.render.brand.LogoImage;
import io.weekly.render.brand.LogoSamples;
import io.weekly.render.pdf.Pdf;
import io.weekly.tenant.logo.Images;
import java.awt.Rectangle;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.ByteOrder;
import java.util.Base64;
import java.util.Optional;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.rendering.ImageType;
import org.apache.pdfbox.rendering.PDFRenderer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Draws PDFs as images and looks at the four quarters of a logo: red, green, blue and black as it is stored. */
class OrientationTest {

    @ParameterizedTest
    @CsvSource({"1, RG/BK", "2, GR/KB", "3, KB/GR", "4, BK/RG", "5, RB/GK", "6, BR/KG", "7, KG/BR", "8, GK/RB", "0, RG/BK", "99, RG/BK"})
    void aJpegIsTurnedAsItsExifSays(int orientation, String quarters) throws IOException {
        for (var order : new ByteOrder[] {ByteOrder.BIG_ENDIAN, ByteOrder.LITTLE_ENDIAN}) {
            byte[] jpeg = Images.turned(Images.quarters(80, 40), orientation, order);
            boolean tall = orientation >= 5 && orientation <= 8;

            Page logo = page("<img src=\"%s\"/>", LogoImage.of(LogoSamples.JPEG, jpeg));
            assertThat(logo.quarters()).isEqualTo(quarters);
            assertThat(logo.width() < logo.height()).isEqualTo(tall);

            String uri = "data:image/jpeg;base64," + Base64.getEncoder().encodeToString(jpeg);
            Page embedded = page(
                    "<img style=\"width: 100pt\" src=\"%s\"/>", LogoSamples.svg("<image width='10' height='10' href='" + uri + "'/>"));
            assertThat(embedded.quarters()).isEqualTo(quarters);
            assertThat(embedded.width() < embedded.height()).isEqualTo(tall);
        }
    }

    @Test
    void aTurnedLogoKeepsItsProportionsWithinTheMaximumSize() throws IOException {
        byte[] jpeg = Images.turned(Images.quarters(80, 40), 6, ByteOrder.BIG_ENDIAN);

        Page page = page("<img style=\"max-height: 50pt\" src=\"%s\"/>", LogoImage.of(LogoSamples.JPEG, jpeg));

        assertThat(page.height()).isBetween(49, 51);
        assertThat(page.width()).isBetween(24, 26);
    }

    private static Page page(String body, LogoImage logo) throws IOException {
        String html = "<html><body><p>" + body.formatted(logo.dataUri()) + "</p></body></html>";
        byte[] pdf = new Pdf().render("x/report.html", html, Optional.of(logo), Optional.empty()).bytes();
        try (var document = Loader.loadPDF(pdf)) {
            return Page.of(new PDFRenderer(document).renderImageWithDPI(0, 72, ImageType.RGB));
        }
    }

    /** The area of a page that is not white. */
    private record Page(BufferedImage image, Rectangle area) {

        static Page of(BufferedImage image) {
            Rectangle area = new Rectangle(-1, -1);
            for (int x = 0; x < image.getWidth(); x++) {
                for (int y = 0; y < image.getHeight(); y++) {
                    if ((image.getRGB(x, y) & 0xffffff) != 0xffffff) {
                        area.add(new Rectangle(x, y, 1, 1));
                    }
                }
            }
            return new Page(image, area);
        }

        int width() {
            return area.width;
        }

        int height() {
            return area.height;
        }

        String quarters() {
            return at(1, 1) + at(3, 1) + "/" + at(1, 3) + at(3, 3);
        }

        private String at(int x, int y) {
            int rgb = image.getRGB(area.x + area.width * x / 4, area.y + area.height * y / 4);
            boolean red = (rgb >> 16 & 0xff) > 128;
            boolean green = (rgb >> 8 & 0xff) > 128;
            return red ? "R" : green ? "G" : (rgb & 0xff) > 128 ? "B" : "K";
        }
    }
}

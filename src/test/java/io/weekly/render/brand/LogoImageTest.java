package io.weekly.render.brand;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import io.weekly.render.pdf.Pdf;
import io.weekly.tenant.logo.Images;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.CRC32;
import java.util.zip.DeflaterOutputStream;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageTypeSpecifier;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.openpdf.text.pdf.PdfDictionary;
import org.openpdf.text.pdf.PdfName;
import org.openpdf.text.pdf.PdfReader;
import org.openpdf.text.pdf.parser.PdfTextExtractor;

class LogoImageTest {
    private static final String PNG = "image/png";
    private static final String JPEG = "image/jpeg";

    @ParameterizedTest
    @ValueSource(ints = {
        BufferedImage.TYPE_INT_RGB, BufferedImage.TYPE_INT_ARGB, BufferedImage.TYPE_BYTE_GRAY, BufferedImage.TYPE_USHORT_GRAY,
        BufferedImage.TYPE_BYTE_BINARY, BufferedImage.TYPE_BYTE_INDEXED})
    void pngsOfEveryKindAreShownInterlacedOrNot(int kind) throws IOException {
        for (boolean interlaced : new boolean[] {false, true}) {
            LogoImage logo = LogoImage.of(PNG, png(new BufferedImage(31, 17, kind), interlaced));

            assertThat(images(render(logo))).isGreaterThanOrEqualTo(1);
        }
    }

    @Test
    void aJpegIsShownProgressiveOrNot() throws IOException {
        assertThat(images(render(LogoImage.of(JPEG, Images.jpeg(40, 20))))).isEqualTo(1);
        assertThat(images(render(LogoImage.of(JPEG, progressive())))).isEqualTo(1);
    }

    @Test
    void aBombIsNotUnpacked() throws IOException {
        byte[] large = png(new byte[] {0, 0, 0x10, 0, 0, 0, 0x10, 0, 8, 2, 0, 0, 0}, zeros(1));
        byte[] larger = png(new byte[] {(byte) 0x80, 0, 0, 0, (byte) 0x80, 0, 0, 0, 16, 6, 0, 0, 0}, zeros(1));

        assertThatThrownBy(() -> LogoImage.of(PNG, large)).hasMessageContaining("4096 × 4096 pixels");
        assertThatThrownBy(() -> LogoImage.of(PNG, larger)).hasMessageContaining("pixels");
    }

    @Property(tries = 300)
    void aDamagedImageIsRefusedWithAReasonOrShown(
            @ForAll @IntRange(min = 0, max = 100_000) int at, @ForAll byte wrong, @ForAll boolean cut) throws IOException {
        for (byte[] image : new byte[][] {Images.png(40, 20), Images.jpeg(40, 20)}) {
            byte[] damaged = cut ? Arrays.copyOf(image, at % image.length) : image.clone();
            if (!cut) {
                damaged[at % image.length] = wrong;
            }
            try {
                // One whose height was hit may take more than a page.
                assertThat(render(LogoImage.of(image[0] == (byte) 0xff ? JPEG : PNG, damaged)).getNumberOfPages()).isPositive();
            } catch (IllegalArgumentException e) {
                assertThat(e.getMessage()).isNotBlank();
            }
        }
    }

    @Test
    void anSvgIsDrawnAsVectorsAndItsTextIsText() throws IOException {
        PdfReader pdf = render(svg("<rect width='5' height='5' fill='#1a2b3c'/><text x='1' y='8' font-size='3'>Acme Łódź</text>"));

        assertThat(images(pdf)).isEqualTo(1);
        assertThat(stream(pdf)).contains("0 0 m").contains("0.10196 0.16863 0.23529 rg");
        assertThat(new PdfTextExtractor(pdf).getTextFromPage(1)).contains("Acme Łódź");
    }

    @Test
    void whatADrawingProgramNotedIsNeitherDrawnNorInTheWay() throws IOException {
        PdfReader pdf = render(svg("""
                <style>/* Generator: x */ .a { fill: #1a2b3c }</style>
                <g xmlns:i='http://www.inkscape.org/namespaces/inkscape' i:transform='scale(0)'>
                  <i:g><text y='9' font-size='3'>note</text></i:g><text class='a' y='9' font-size='3'>Acme</text>
                </g>"""));

        assertThat(stream(pdf)).contains("0.10196 0.16863 0.23529 rg");
        assertThat(new PdfTextExtractor(pdf).getTextFromPage(1)).contains("Acme").doesNotContain("note");
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "<path d='M0 0h1z'/>", "<path d='M1.5.5-1-1a1 2 30 01.5.5 3 3 0 1 0-2-2C1 1 2 2 3 3S4 4 5 5Q6 6 7 7T8 8H9V1z'/>", "<path d='M'/>",
        "<path d='bogus'/>", "<path d='M0 0L1e300 5'/>", "<path d='M0 0A0 0 0 0 0 5 5'/>", "<path d='M0 0a1 1 0 0 0 0 0'/>", "<path/>",
        "<g transform='rotate(45 5 5) scale(0) translate(1,2) skewX(90) matrix(1 2 3)' opacity='.5'><circle r='2'/></g>",
        "<style>.a, #b { fill: url(#g); stroke: hsl(120, 50%, 50%) } .a .b { fill: red }</style><ellipse class='a' rx='3' ry='2'/>",
        "<linearGradient id='g'/><rect width='5' height='5' fill='url(#g)' stroke='url(#none)'/>",
        "<linearGradient id='g' href='#h'/><linearGradient id='h' href='#g'/><rect width='5' height='5' fill='url(#g)'/>",
        "<radialGradient id='g' r='0'><stop offset='1' stop-color='red'/><stop offset='0'/></radialGradient>"
                + "<rect width='5' height='5' fill='url(#g)'/>",
        "<linearGradient id='g'><stop stop-color='red'/></linearGradient><line x2='5' stroke='url(#g)' stroke-dasharray='-1 0'/>",
        "<clipPath id='c'><use href='#r'/></clipPath><rect id='r' width='3' height='3'/>"
                + "<g clip-path='url(#c)'><rect width='9' height='9'/></g>",
        "<symbol id='s' viewBox='0 0 1 1'><rect width='1' height='1'/></symbol><use href='#s' x='1' width='3' height='3'/><use href='#none'/>",
        "<image href='data:image/png;base64,AAAA' width='5' height='5'/>",
        "<text><tspan x='1 2'>日本 \u0301</tspan><textPath href='#a'>x</textPath></text>",
        "<polygon points='0,0 5'/><polyline points=''/><rect width='-1' height='NaN' rx='9'/>", "<mask id='m'/><g mask='url(#m)'><rect/></g>"
    })
    void whatItCannotDrawIsLeftOut(String content) throws IOException {
        PdfReader pdf = render(svg(content));

        assertThat(images(pdf)).isEqualTo(1);
        assertThat(stream(pdf).lines().filter("q"::equals).count()).isEqualTo(stream(pdf).lines().filter("Q"::equals).count());
        assertThat(stream(pdf)).doesNotContain("NaN", "Infinity").doesNotContainPattern("\\dE");
    }

    @Test
    void whatWouldTakeForEverIsRefusedBeforeAnyReport() {
        StringBuilder doubling = new StringBuilder("<g id='u0'><rect width='1' height='1'/></g>");
        for (int i = 1; i < 19; i++) {
            doubling.append("<g id='u%d'><use href='#u%d'/><use href='#u%d'/></g>".formatted(i, i - 1, i - 1));
        }

        assertThatThrownBy(() -> svg(doubling.toString())).hasMessageContaining("draws more than");
        assertThatThrownBy(() -> svg("<g id='a'><use href='#a'/></g>")).hasMessageContaining("draws more than");
        assertThatThrownBy(() -> svg("<g>".repeat(200) + "</g>".repeat(200))).hasMessageContaining("depth");
        assertThatThrownBy(() -> LogoImage.of(LogoImage.SVG, "<!DOCTYPE svg [<!ENTITY a 'b'>]><svg>&a;</svg>".getBytes()))
                .hasMessageContaining("DOCTYPE");
    }

    @Test
    void aPathThatIsDrawnAgainAndAgainIsRefusedBeforeAnyReport() {
        String path = "<path id='p' d='M0 0" + "h1".repeat(40_000) + "'/>";
        String texts = "<text id='p'>" + "<tspan>x</tspan>".repeat(5_000) + "</text>";
        String clipped = "<style>g{clip-path:url(#c)}</style><clipPath id='c'>" + path + "</clipPath>" + "<g/>".repeat(15_000);
        String filled = "<linearGradient id='g'>" + "<stop/>".repeat(50) + "</linearGradient>"
                + "<rect fill='url(#g)' width='1' height='1'/>".repeat(5_000);

        assertTimeoutPreemptively(Duration.ofSeconds(30), () -> {
            for (String drawn : List.of(clipped, filled, path + doubled(6), texts + doubled(10))) {
                assertThatThrownBy(() -> svg(drawn)).isInstanceOf(IllegalArgumentException.class).hasMessageContaining("segments");
            }
        });
    }

    @Test
    void aLargeLogoIsShownAllTheSame() {
        String path = "<path d='M0 0" + "l.1.2".repeat(30_000) + "' stroke='red'/>";

        assertThatCode(() -> svg("<clipPath id='c'><rect width='5' height='5'/></clipPath><g clip-path='url(#c)'>" + path + path + "</g>"))
                .doesNotThrowAnyException();
    }

    @Test
    void selectorsAreRulesAndAnImageIsUnpackedOnce() {
        String png = Base64.getEncoder().encodeToString(Images.png(1_400, 1_400));
        String styled = "<style>" + "a,".repeat(50_000) + "a{fill:red}</style>" + "<g/>".repeat(19_000);
        String shown = "<image id='p' width='5' height='5' href='data:image/png;base64," + png + "'/>" + doubled(9);

        assertTimeoutPreemptively(Duration.ofSeconds(30), () -> {
            svg(styled);
            svg(shown);
        });
        assertThatThrownBy(() -> svg(shown.replace("id='p'", "").repeat(3))).hasMessageContaining("segments");
    }

    /** Shows the element p two to the power of that often. */
    private static String doubled(int times) {
        StringBuilder uses = new StringBuilder("<g id='d0'><use href='#p'/></g>");
        for (int i = 1; i <= times; i++) {
            uses.append("<g id='d%d'><use href='#d%d'/><use href='#d%d'/></g>".formatted(i, i - 1, i - 1));
        }
        return uses.toString();
    }

    @Test
    void noOtherSvgThanTheLogoIsDrawn() throws IOException {
        String other = "data:image/svg+xml;base64," + Base64.getEncoder().encodeToString(Images.svg("<text y='9'>SECRET</text>").getBytes());
        LogoImage logo = svg("<text y='9' font-size='5'>Acme</text>");

        PdfReader pdf = render("<img src=\"" + other + "\"/><img src=\"" + logo.dataUri() + "\"/>", Optional.of(logo));
        PdfReader without = render("<img src=\"" + logo.dataUri() + "\"/>", Optional.empty());

        assertThat(new PdfTextExtractor(pdf).getTextFromPage(1)).contains("Acme").doesNotContain("SECRET");
        assertThat(new PdfTextExtractor(without).getTextFromPage(1)).doesNotContain("Acme");
    }

    @Test
    void anImageIsHeldAgainstTheLargestSizeInProportion() throws IOException {
        LogoImage wide = LogoImage.of(PNG, Images.png(1000, 100));
        PdfReader pdf = render("<img style=\"max-width: 100pt; max-height: 40pt\" src=\"" + wide.dataUri() + "\"/>", Optional.of(wide));
        PdfReader tall = render("<img style=\"height: 400pt; max-height: 40pt\" src=\"" + wide.dataUri() + "\"/>", Optional.of(wide));

        assertThat(shownIn(pdf)).containsExactly(100L, 10L);
        assertThat(shownIn(tall)).containsExactly(400L, 40L);
    }

    /** A few kilobytes each, and sixteen megabytes as soon as they are unpacked. */
    @Test
    void whatPicturesAPageUnpacksIsBounded() throws IOException {
        StringBuilder body = new StringBuilder();
        for (int width = 4_000; width < 4_010; width++) {
            byte[] header = ByteBuffer.allocate(13).putInt(width).putInt(4_000).put(new byte[] {1, 0, 0, 0, 0}).array();
            byte[] picture = png(header, zeros((width / 8 + 2) * 4_000));
            assertThat(picture.length).isLessThan(5_000);
            body.append("<img src=\"data:image/png;base64,").append(Base64.getEncoder().encodeToString(picture)).append("\" width=\"9\"/>");
        }

        assertThat(images(render(body.toString(), Optional.empty()))).isEqualTo(1);
    }

    @Test
    void onlySmallPixelsGoIntoAMail() {
        assertThat(LogoImage.of(PNG, Images.png(40, 20)).fitsMail()).isTrue();
        assertThat(svg("<rect/>").fitsMail()).isFalse();
    }

    /** Width and height of the image on the page, in whole points. */
    private static List<Long> shownIn(PdfReader pdf) throws IOException {
        String page = new String(pdf.getPageContent(1), StandardCharsets.ISO_8859_1);
        Matcher placed = Pattern.compile("q (\\S+) 0 0 (\\S+) \\S+ \\S+ cm").matcher(page);
        assertThat(placed.find()).isTrue();
        return List.of(Math.round(Double.parseDouble(placed.group(1))), Math.round(Double.parseDouble(placed.group(2))));
    }

    private static LogoImage svg(String content) {
        return LogoImage.of(LogoImage.SVG, Images.svg(content).getBytes(StandardCharsets.UTF_8));
    }

    private static PdfReader render(LogoImage logo) throws IOException {
        return render("<img src=\"" + logo.dataUri() + "\"/>", Optional.of(logo));
    }

    private static PdfReader render(String body, Optional<LogoImage> logo) throws IOException {
        return new PdfReader(new Pdf().render("x/report.html", "<html><body><p>" + body + "</p></body></html>", logo, Optional.empty()));
    }

    private static int images(PdfReader pdf) {
        PdfDictionary objects = pdf.getPageN(1).getAsDict(PdfName.RESOURCES).getAsDict(PdfName.XOBJECT);
        return objects == null ? 0 : objects.size();
    }

    private static String stream(PdfReader pdf) throws IOException {
        PdfDictionary objects = pdf.getPageN(1).getAsDict(PdfName.RESOURCES).getAsDict(PdfName.XOBJECT);
        return new String(PdfReader.getStreamBytes((org.openpdf.text.pdf.PRStream) objects.getAsStream(objects.getKeys().iterator().next())),
                StandardCharsets.ISO_8859_1);
    }

    private static byte[] png(BufferedImage image, boolean interlaced) throws IOException {
        ImageWriter writer = ImageIO.getImageWritersByFormatName("png").next();
        ImageWriteParam how = writer.getDefaultWriteParam();
        how.setProgressiveMode(interlaced ? ImageWriteParam.MODE_DEFAULT : ImageWriteParam.MODE_DISABLED);
        return written(writer, image, how);
    }

    private static byte[] progressive() throws IOException {
        ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
        ImageWriteParam how = writer.getDefaultWriteParam();
        how.setProgressiveMode(ImageWriteParam.MODE_DEFAULT);
        return written(writer, new BufferedImage(40, 20, BufferedImage.TYPE_INT_RGB), how);
    }

    private static byte[] written(ImageWriter writer, BufferedImage image, ImageWriteParam how) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (var out = ImageIO.createImageOutputStream(bytes)) {
            writer.setOutput(out);
            var about = writer.getDefaultImageMetadata(new ImageTypeSpecifier(image), how);
            writer.write(null, new IIOImage(image, null, about), how);
        }
        return bytes.toByteArray();
    }

    private static byte[] zeros(int count) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DeflaterOutputStream out = new DeflaterOutputStream(bytes)) {
            out.write(new byte[count]);
        }
        return bytes.toByteArray();
    }

    private static byte[] png(byte[] header, byte[] data) {
        ByteBuffer png = ByteBuffer.allocate(8 + 12 + header.length + 12 + data.length + 12).putLong(0x89504e470d0a1a0aL);
        chunk(png, "IHDR", header);
        chunk(png, "IDAT", data);
        chunk(png, "IEND", new byte[0]);
        return png.array();
    }

    private static void chunk(ByteBuffer png, String type, byte[] data) {
        CRC32 checksum = new CRC32();
        checksum.update(type.getBytes());
        checksum.update(data);
        png.putInt(data.length).put(type.getBytes()).put(data).putInt((int) checksum.getValue());
    }
}

package io.weekly.tenant.logo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LogoTest {

    private static final byte[] PNG = Images.png(40, 20);
    private static final byte[] JPEG = Images.jpeg(40, 20);

    @Test
    void imagesOfOtherSoftwareAreAccepted() {
        assertThat(fault(Logo.PNG, PNG)).isEmpty();
        assertThat(fault(Logo.PNG, Images.png(4096, 1))).isEmpty();
        assertThat(fault(Logo.JPEG, JPEG)).isEmpty();
        assertThat(fault(Logo.JPEG, Images.jpeg(1, 4096))).isEmpty();
    }

    @Test
    void anImageWithTooManyPixelsIsRefused() {
        assertThat(fault(Logo.PNG, Images.png(4097, 1)).orElseThrow()).contains("4097 × 1 pixels");
        assertThat(fault(Logo.JPEG, Images.jpeg(1, 4097)).orElseThrow()).contains("1 × 4097 pixels");
    }

    @Test
    void anImageWithMorePixelsThanReportsDrawIsRefusedAtItsUpload() {
        var png = Images.png(2_000, 1_001);
        var jpeg = Images.jpeg(1_001, 2_000);

        assertThat(fault(Logo.PNG, png)).hasValue("has 2000 × 1001 pixels; the maximum is 2000000 in total");
        assertThat(fault(Logo.JPEG, jpeg)).hasValue("has 1001 × 2000 pixels; the maximum is 2000000 in total");
        assertThat(svg(Images.svg("<image href='data:image/png;base64,%s'/>".formatted(base64(png)))).orElseThrow())
                .isEqualTo("has an image that has 2000 × 1001 pixels; the maximum is 2000000 in total");
        assertThat(fault(Logo.PNG, Images.png(2_000, 1_000))).isEmpty();
    }

    @Test
    void theBytesMustMatchTheDeclaredMediaType() {
        assertThat(fault(Logo.PNG, JPEG).orElseThrow()).contains("image/jpeg").contains("image/png");
        assertThat(fault(Logo.SVG, PNG).orElseThrow()).contains("image/png");
        assertThat(fault(Logo.PNG, "GIF89a".getBytes())).hasValue("is no PNG, JPEG or SVG");
        assertThat(fault(Logo.PNG, new byte[0])).hasValue("is empty");
    }

    @Property(tries = 300)
    void anIncompleteImageIsRefused(@ForAll @IntRange(min = 1, max = 100_000) int cut) {
        assertThat(fault(Logo.PNG, Arrays.copyOf(PNG, cut % PNG.length))).isPresent();
        assertThat(fault(Logo.JPEG, Arrays.copyOf(JPEG, cut % JPEG.length))).isPresent();
    }

    @Property(tries = 300)
    void aPngWithOneWrongByteIsRefused(@ForAll @IntRange(min = 0, max = 100_000) int at) {
        var damaged = PNG.clone();
        damaged[at % PNG.length] ^= 0x40;

        assertThat(fault(Logo.PNG, damaged)).isPresent();
    }

    @Property(tries = 300)
    void aDamagedJpegMarkerIsRefused(
            @ForAll @IntRange(max = 100_000) int index, @ForAll @IntRange(min = 1, max = 255) int change) {
        var markers = markers();
        var damaged = JPEG.clone();
        damaged[markers.get(index % markers.size())] ^= (byte) change;

        assertThat(fault(Logo.JPEG, damaged)).isPresent();
    }

    @Property(tries = 300)
    void aJpegIsAcceptedOnlyIfItsFrameHasAPermittedSize(
            @ForAll @IntRange(max = 5000) int width, @ForAll @IntRange(max = 5000) int height) {
        var resized = ByteBuffer.wrap(JPEG.clone());
        resized.putShort(frame() + 5, (short) height).putShort(frame() + 7, (short) width);

        var permitted = width >= 1 && width <= 4096 && height >= 1 && height <= 4096 && width * height <= 2_000_000;
        assertThat(fault(Logo.JPEG, resized.array()).isEmpty()).isEqualTo(permitted);
    }

    @Property(tries = 300)
    void noDamageOfAJpegMakesTheCheckFail(@ForAll @IntRange(min = 0, max = 100_000) int at, @ForAll byte wrong) {
        var damaged = JPEG.clone();
        damaged[at % JPEG.length] = wrong;

        assertThatCode(() -> fault(Logo.JPEG, damaged)).doesNotThrowAnyException();
    }

    @Example
    void nothingMayFollowTheEnd() {
        assertThat(fault(Logo.PNG, with(PNG, "<script>"))).hasValue("has 8 bytes after its end");
        assertThat(fault(Logo.JPEG, with(JPEG, "<script>"))).hasValue("has 8 bytes after its end");
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "<rect width='5' height='5' fill='#1a2b3c' transform='rotate (45 5 5)'/>",
        "<defs><linearGradient id='a'><stop offset='0' stop-color='rgb(1, 2, 3)'/></linearGradient></defs><circle r='2' fill='url(#a)'/>",
        "<style><![CDATA[ .a { fill: url(\"#a\"); } rect:not(.a) { stroke: red } ]]></style><g class='a' style='opacity: .5'/>",
        "<symbol id='s'><path d='M0 0h1z'/></symbol><use href='#s'/><use xlink:href='#s'/>",
        "<!-- made by hand --><title>Söhne &amp; Co (EU)</title><text xml:space='preserve' aria-label='Acme (EU) @ home'>A</text>",
        "<style>/* Generator: Sketch */ .a { fill: red /* brand */ }</style>",
        "<metadata><r:RDF xmlns:r='http://www.w3.org/1999/02/22-rdf-syntax-ns#'>"
                + "<c:Work xmlns:c='http://creativecommons.org/ns#'/></r:RDF></metadata>",
        "<i:namedview xmlns:i='http://sodipodi.sourceforge.net/DTD/sodipodi-0.dtd' pagecolor='#fff'/>",
        "<g xmlns:i='http://www.inkscape.org/namespaces/inkscape' i:version='1.3 (0e150ed)' i:label='@ (x)'/>"
    })
    void anSvgOfShapesIsAccepted(String content) {
        assertThat(svg(Images.svg(content))).isEmpty();
        assertThat(svg("\ufeff<?xml version='1.0' encoding='utf-8'?>\n" + Images.svg(content))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "<script>alert(1)</script>", "<g onload='alert(1)'/>", "<foreignObject/>", "<a href='#x'/>", "<animate attributeName='href'/>",
        "<set attributeName='onload' to='x'/>", "<iframe xmlns='http://www.w3.org/1999/xhtml' src='x'/>", "<filter/>",
        "<use href='http://evil.test/x#a'/>", "<use xlink:href='//evil.test/x#a'/>", "<use href='data:image/svg+xml,x'/>",
        "<use href='javascript:alert(1)'/>", "<image href='http://evil.test/x.png'/>", "<image href='data:image/svg+xml;base64,PHN2Zy8+'/>",
        "<image href='data:image/png;base64,AAAA'/>", "<image xlink:href='file:///etc/passwd'/>",
        "<rect fill='url(http://evil.test/x)'/>", "<rect fill='URL ( \"//evil.test/x\" )'/>",
        "<rect style='fill: u\\72l(http://evil.test)'/>",
        "<rect style='background: image-set(\"http://evil.test\" 1x)'/>", "<style>@import 'http://evil.test';</style>",
        "<style>@import url(#a);</style>", "<style>a { b: url(x) }</style>", "<style>a { b: ur/**/l(x) }</style>", "<style><g/></style>",
        "<g xml:base='http://evil.test/'/>", "<g style='behavior: expression(alert(1))'/>", "<?xml-stylesheet href='http://evil.test'?>",
        "<g xmlns:x='http://evil.test' x:href='http://evil.test'/>", "<rect fill='url()'/>", "<rect fill='url('/>"
    })
    void anSvgWithCodeOrExternalLinksIsRefused(String content) {
        assertThat(svg(Images.svg(content)).orElseThrow()).startsWith("has ").contains("(line 1)");
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "<svg>", "<svg xmlns='http://www.w3.org/2000/svg'/>trailing", "<html/>", "<svg/>", "<?xml version='1.0' encoding='utf-7'?><svg/>",
        "<!DOCTYPE svg [<!ENTITY a 'b'>]><svg xmlns='http://www.w3.org/2000/svg'>&a;</svg>",
        "<!DOCTYPE svg SYSTEM 'http://evil.test/x.dtd'><svg xmlns='http://www.w3.org/2000/svg'/>",
        "<svg xmlns='http://www.w3.org/2000/svg'>&undeclared;</svg>"
    })
    void anythingElseThanAnSvgIsRefused(String text) {
        assertThat(svg(text)).isPresent();
    }

    @Test
    void aDoctypeIsRefusedWithWhatToDo() {
        var doctype = "<!DOCTYPE svg PUBLIC '-//W3C//DTD SVG 1.1//EN' 'http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd'>";

        assertThat(svg(doctype + Images.svg(""))).hasValue("is not well-formed XML without DOCTYPE (line 1): save it as plain SVG");
    }

    @Test
    void anEmbeddedImageIsCheckedLikeALogo() {
        var link = "<image href='data:image/png;base64,%s'/>";
        var damaged = PNG.clone();
        damaged[PNG.length - 20] ^= 1;

        assertThat(svg(Images.svg(link.formatted(base64(PNG))))).isEmpty();
        assertThat(svg(Images.svg(link.formatted(base64(damaged)))).orElseThrow()).contains("has an image that");
        assertThat(svg(Images.svg(link.formatted(base64(JPEG)))).orElseThrow()).contains("is no image/png");
    }

    @Test
    void anSvgThatIsTooExpensiveToDrawIsRefused() {
        assertThat(svg(Images.svg("<use href='#a'/>".repeat(21))).orElseThrow()).contains("more than 20 use");
        assertThat(svg(Images.svg("<g>".repeat(70) + "</g>".repeat(70))).orElseThrow()).contains("nests deeper");
    }

    @Test
    void anSvgInAnotherEncodingIsRefused() {
        assertThat(fault(Logo.SVG, Images.svg("").getBytes(StandardCharsets.UTF_16))).isPresent();
        assertThat(fault(Logo.SVG, Images.svg("<title>é</title>").getBytes(StandardCharsets.ISO_8859_1))).hasValue("is not UTF-8");
    }

    /** Offsets of bytes that no JPEG can do without: the start, the first byte of each segment, and the end. */
    private static List<Integer> markers() {
        var offsets = new ArrayList<>(List.of(0, 1));
        segments().forEach(offsets::add);
        Collections.addAll(offsets, JPEG.length - 2, JPEG.length - 1);
        return offsets;
    }

    /** The offset of the baseline frame header. */
    private static int frame() {
        return segments().filter(at -> JPEG[at + 1] == (byte) 0xc0).findFirst().orElseThrow();
    }

    /** The offsets of all segments from the first to the scan header, after which pixel data follows. */
    private static Stream<Integer> segments() {
        var offsets = Stream.<Integer>builder();
        var at = 2;
        while (JPEG[at + 1] != (byte) 0xda) {
            offsets.add(at);
            at += 2 + length(at);
        }
        return offsets.add(at).build();
    }

    private static int length(int segment) {
        return ByteBuffer.wrap(JPEG).getShort(segment + 2) & 0xffff;
    }

    private static String base64(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }

    private static Optional<String> svg(String text) {
        return fault(Logo.SVG, text.getBytes(StandardCharsets.UTF_8));
    }

    private static Optional<String> fault(String mediaType, byte[] bytes) {
        return Logo.of(mediaType, bytes).check().fault();
    }

    private static byte[] with(byte[] image, String more) {
        var all = Arrays.copyOf(image, image.length + more.length());
        System.arraycopy(more.getBytes(), 0, all, image.length, more.length());
        return all;
    }
}

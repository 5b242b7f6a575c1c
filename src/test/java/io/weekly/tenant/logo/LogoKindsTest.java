package io.weekly.tenant.logo;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.awt.image.DataBuffer;
import java.awt.image.IndexColorModel;
import java.awt.image.Raster;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Base64;
import java.util.Optional;
import java.util.zip.CRC32;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which kinds of PNG and JPEG are accepted: those that reports can show. */
class LogoKindsTest {

    @ParameterizedTest
    @CsvSource({"8, 3, none", "12, 3, has 12 bits per colour; a JPEG must have 8", "16, 3, has 16 bits per colour; a JPEG must have 8",
        "8, 2, 'has 2 colour components; a JPEG must have 1, 3 or 4'", "8, 5, 'has 5 colour components; a JPEG must have 1, 3 or 4'"})
    void aJpegThatAPdfCannotShowIsRefused(int precision, int components, String fault) {
        var jpeg = Images.jpeg(40, 20);
        jpeg[Images.frame(jpeg) + 4] = (byte) precision;
        jpeg[Images.frame(jpeg) + 9] = (byte) components;

        assertThat(fault(Logo.JPEG, jpeg).orElse("none")).isEqualTo(fault);
        var svg = Images.svg("<image href='data:image/jpeg;base64,%s'/>".formatted(Base64.getEncoder().encodeToString(jpeg)));
        assertThat(fault(Logo.SVG, svg.getBytes()).orElse("has an image that none")).isEqualTo("has an image that " + fault);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void greyAndCmykJpegsAreAcceptedProgressiveOrNot(boolean progressive) throws IOException {
        var grey = new BufferedImage(16, 8, BufferedImage.TYPE_BYTE_GRAY);
        var cmyk = Raster.createInterleavedRaster(DataBuffer.TYPE_BYTE, 16, 8, 4, null);

        assertThat(fault(Logo.JPEG, written("jpeg", new IIOImage(grey, null, null), progressive))).isEmpty();
        assertThat(fault(Logo.JPEG, written("jpeg", new IIOImage(cmyk, null, null), progressive))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void pngsOfEveryKindAreAcceptedInterlacedOrNot(boolean interlaced) throws IOException {
        var palette = new IndexColorModel(8, 3, new byte[] {0, 1, 2}, new byte[] {0, 1, 2}, new byte[] {0, 1, 2}, new byte[] {0, 64, -1});

        for (var image : new BufferedImage[] {
            new BufferedImage(31, 17, BufferedImage.TYPE_INT_ARGB), new BufferedImage(31, 17, BufferedImage.TYPE_USHORT_GRAY),
            new BufferedImage(31, 17, BufferedImage.TYPE_BYTE_BINARY), new BufferedImage(31, 17, BufferedImage.TYPE_BYTE_INDEXED, palette)
        }) {
            assertThat(fault(Logo.PNG, written("png", new IIOImage(image, null, null), interlaced))).isEmpty();
        }
    }

    @Test
    void anAnimatedPngIsRefused() {
        var png = Images.png(40, 20);
        var control = ByteBuffer.allocate(20).putInt(8).put("acTL".getBytes()).putInt(2).putInt(0);
        var checksum = new CRC32();
        checksum.update(control.array(), 4, 12);
        control.putInt((int) checksum.getValue());
        var animated = ByteBuffer.allocate(png.length + 20).put(png, 0, 33).put(control.array()).put(png, 33, png.length - 33);

        assertThat(fault(Logo.PNG, animated.array())).hasValue("is animated; a logo must be a still image");
    }

    @Test
    void aPngWithFewerPixelsThanItClaimsIsRefused() {
        assertThat(fault(Logo.PNG, Images.pngWithoutPixels(40, 20))).hasValue("has fewer pixels than its header says");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 6, 8, 9, 65_535})
    void anyOrientationIsAccepted(int orientation) {
        assertThat(fault(Logo.JPEG, Images.turned(Images.jpeg(40, 20), orientation, ByteOrder.BIG_ENDIAN))).isEmpty();
        assertThat(fault(Logo.JPEG, Images.turned(Images.jpeg(40, 20), orientation, ByteOrder.LITTLE_ENDIAN))).isEmpty();
    }

    @Test
    void aLogoThatMailsLeaveOutHasAWarning() {
        var large = new byte[64 * 1024 + 1];

        assertThat(Logo.of(Logo.PNG, large).notInMails().orElseThrow()).contains("65537 bytes", "at most 65536");
        assertThat(Logo.of(Logo.JPEG, new byte[64 * 1024]).notInMails()).isEmpty();
        assertThat(Logo.of(Logo.SVG, new byte[10]).notInMails().orElseThrow()).contains("mail programs show no SVG");
    }

    private static byte[] written(String format, IIOImage image, boolean progressive) throws IOException {
        ImageWriter writer = ImageIO.getImageWritersByFormatName(format).next();
        ImageWriteParam how = writer.getDefaultWriteParam();
        how.setProgressiveMode(progressive ? ImageWriteParam.MODE_DEFAULT : ImageWriteParam.MODE_DISABLED);
        var bytes = new ByteArrayOutputStream();
        try (var out = ImageIO.createImageOutputStream(bytes)) {
            writer.setOutput(out);
            writer.write(null, image, how);
        }
        return bytes.toByteArray();
    }

    private static Optional<String> fault(String mediaType, byte[] bytes) {
        return Logo.of(mediaType, bytes).check().fault();
    }
}

package io.weekly.render.brand;

import static io.weekly.render.brand.LogoSamples.JPEG;
import static io.weekly.render.brand.LogoSamples.PNG;
import static io.weekly.render.brand.LogoSamples.images;
import static io.weekly.render.brand.LogoSamples.png;
import static io.weekly.render.brand.LogoSamples.render;
import static io.weekly.render.brand.LogoSamples.svg;
import static io.weekly.render.brand.LogoSamples.zeros;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.weekly.tenant.logo.Images;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
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

class LogoImageTest {
    @ParameterizedTest
    @ValueSource(ints = {
        BufferedImage.TYPE_INT_RGB, BufferedImage.TYPE_INT_ARGB, BufferedImage.TYPE_BYTE_GRAY, BufferedImage.TYPE_USHORT_GRAY,
        BufferedImage.TYPE_BYTE_BINARY, BufferedImage.TYPE_BYTE_INDEXED})
    void pngsOfEveryKindAreShownInterlacedOrNot(int kind) throws IOException {
        for (boolean interlaced : new boolean[] {false, true}) {
            LogoImage logo = LogoImage.of(PNG, encode(new BufferedImage(31, 17, kind), interlaced));

            assertThat(images(render(logo))).isGreaterThanOrEqualTo(1);
        }
    }

    @Test
    void aJpegIsShownProgressiveOrNot() throws IOException {
        assertThat(images(render(LogoImage.of(JPEG, Images.jpeg(40, 20))))).isEqualTo(1);
        assertThat(images(render(LogoImage.of(JPEG, progressive())))).isEqualTo(1);
    }

    @Test
    void anImageThatClaimsTooManyPixelsIsNotUnpacked() throws IOException {
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
                // A damaged height may need more than one page.
                String type = image[0] == (byte) 0xff ? JPEG : PNG;
                assertThat(render(LogoImage.of(type, damaged)).getNumberOfPages()).isPositive();
            } catch (IllegalArgumentException e) {
                assertThat(e.getMessage()).isNotBlank();
            }
        }
    }

    @Test
    void aMailHasOnlySmallRasterLogos() {
        assertThat(LogoImage.of(PNG, Images.png(40, 20)).fitsMail()).isTrue();
        assertThat(svg("<rect/>").fitsMail()).isFalse();
    }

    @Test
    void charactersOfAnSvgThatTheFontDoesNotHaveAreCounted() {
        assertThat(svg("<text x=\"5\" y=\"30\">株式会社 Acme</text>").missing().orElseThrow().message())
                .startsWith("Characters of the logo that the font of the PDF does not have: 4, such as 株 式 会 社.");
        assertThat(svg("<text>Acme <tspan>山</tspan></text>").missing()).isPresent();
        assertThat(svg("<text>Žluťoučký kůň, Ελλάς, Київ</text>").missing()).isEmpty();
        assertThat(svg("<rect width=\"5\" height=\"5\"/>").missing()).isEmpty();
    }

    private static byte[] encode(BufferedImage image, boolean interlaced) throws IOException {
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
}

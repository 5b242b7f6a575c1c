package io.weekly.render.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.InflaterInputStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.openpdf.text.Image;
import org.openpdf.text.pdf.PdfArray;
import org.openpdf.text.pdf.PdfName;

/** A second, simple writer of PNG, by the specification, against our reader; {@link LogoImageTest} has the files of another writer. */
class PngTest {
    private static final int[][] ADAM7 = {{0, 0, 8, 8}, {4, 0, 8, 8}, {0, 4, 4, 8}, {2, 0, 4, 4}, {0, 2, 2, 4}, {1, 0, 2, 2}, {0, 1, 1, 2}};

    /** As in the header: what a pixel is made of, and how many bits each of that has. */
    record Kind(int colour, int depth) {

        int samples() {
            return switch (colour) {
                case 2 -> 3;
                case 4 -> 2;
                case 6 -> 4;
                default -> 1;
            };
        }
    }

    @Property(tries = 600)
    void everyPixelIsReadAsItWasWritten(@ForAll("kinds") Kind kind, @ForAll @IntRange(min = 1, max = 21) int width,
            @ForAll @IntRange(min = 1, max = 21) int height, @ForAll boolean interlaced, @ForAll boolean transparent, @ForAll long seed)
            throws IOException {
        Random random = new Random(seed);
        int[] samples = random.ints((long) width * height * kind.samples(), 0, 1 << kind.depth).toArray();
        byte[] palette = kind.colour == 3 ? bytes(random, 3 << kind.depth) : new byte[0];
        byte[] shining = !transparent || kind.colour > 3 ? new byte[0]
                : kind.colour == 3 ? bytes(random, 1 << kind.depth) : oneColour(samples, kind);

        byte[] data = packed(samples, kind, width, height, interlaced, random);
        Image image = Png.read(png(kind, width, height, interlaced, palette, shining, data), 500);

        assertThat(image.getWidth()).isEqualTo(width);
        assertThat(shown(image)).isEqualTo(colours(samples, kind, palette));
        byte[] alpha = alpha(samples, kind, shining);
        if (image.getImageMask() == null) {
            assertThat(alpha).containsOnly(0xff);
        } else {
            assertThat(shown(image.getImageMask())).isEqualTo(alpha);
        }
    }

    @Example
    void anInvalidHeaderIsRefused() throws IOException {
        byte[] row = zipped(new byte[100]);
        byte[] none = {};

        assertThatThrownBy(() -> Png.read(png(new Kind(5, 8), 1, 1, false, none, none, row), 9)).hasMessageContaining("colour type");
        assertThatThrownBy(() -> Png.read(png(new Kind(2, 4), 1, 1, false, none, none, row), 9)).hasMessageContaining("depth");
        assertThatThrownBy(() -> Png.read(png(new Kind(3, 16), 1, 1, false, none, none, row), 9)).hasMessageContaining("depth");
        assertThatThrownBy(() -> Png.read(png(new Kind(3, 8), 1, 1, false, none, none, row), 9)).hasMessageContaining("palette");
        assertThatThrownBy(() -> Png.read(png(new Kind(2, 8), 4, 3, false, none, none, row), 9))
                .hasMessageContaining("4 × 3 pixels; the maximum is 9");
        assertThatThrownBy(() -> Png.read(png(new Kind(0, 1), 20_000, 1, false, none, none, row), 20_000)).hasMessageContaining("side");
        assertThatThrownBy(() -> Png.read(png(new Kind(2, 8), 3, 3, false, none, none, zipped(new byte[29])), 9))
                .hasMessageContaining("fewer pixels");
        assertThatThrownBy(() -> Png.read(png(new Kind(0, 8), 1, 1, false, none, none, zipped(new byte[] {5, 0})), 9))
                .hasMessageContaining("filter");
    }

    /** As browsers do: such files are about, and some are logos. */
    @Example
    void errorsAfterThePixelsAreIgnored() throws IOException {
        Kind grey = new Kind(0, 8);
        byte[] none = {};
        byte[] rows = zipped(new byte[] {0, 7, 0, 8});
        byte[] whole = png(grey, 1, 2, false, none, none, rows);
        byte[] much = zipped(new byte[10_000_000]);

        List<byte[]> files = List.of(
                whole,
                png(grey, 1, 2, false, none, none, Arrays.copyOf(rows, rows.length - 4)),
                png(grey, 1, 2, false, none, none, zipped(new byte[] {0, 7, 0, 8, 0, 9})),
                Arrays.copyOf(whole, whole.length - 14),
                Arrays.copyOf(whole, whole.length + 100),
                ByteBuffer.allocate(2 * whole.length).put(whole).put(png(grey, 1, 2, false, none, none, much), 0, whole.length).array());

        assertThat(files).allSatisfy(file -> assertThat(shown(Png.read(file, 2))).containsExactly(7, 8));
        assertThat(shown(Png.read(png(grey, 1, 2, false, none, none, much), 2))).containsExactly(0, 0);
        assertThat(shown(Png.read(png(new Kind(3, 8), 1, 1, false, new byte[] {1, 2, 3, 4}, none, zipped(new byte[] {0, 1})), 9)))
                .as("a place that the palette does not have").containsExactly(0, 0, 0);
        assertThat(Png.read(png(grey, 1, 1, false, none, new byte[] {-1, -1}, zipped(new byte[] {0, -1})), 1).getImageMask())
                .as("transparency of more bits than the depth").isNotNull();
    }

    /** Unpacked, and looked up in its palette, as whoever shows the PDF does. */
    private static byte[] shown(Image image) throws IOException {
        byte[] bytes = new InflaterInputStream(new ByteArrayInputStream(image.getRawData())).readAllBytes();
        if (image.getAdditional() == null) {
            return bytes;
        }
        byte[] palette = ((PdfArray) image.getAdditional().get(PdfName.COLORSPACE)).getPdfObject(3).getBytes();
        ByteArrayOutputStream colours = new ByteArrayOutputStream();
        for (byte at : bytes) {
            colours.write(palette, (at & 0xff) * 3, 3);
        }
        return colours.toByteArray();
    }

    @Provide
    Arbitrary<Kind> kinds() {
        Arbitrary<Kind> shallow = Combinators.combine(Arbitraries.of(0, 3), Arbitraries.of(1, 2, 4, 8)).as(Kind::new);
        return Arbitraries.oneOf(shallow, Combinators.combine(Arbitraries.of(0, 2, 4, 6), Arbitraries.of(8, 16)).as(Kind::new));
    }

    private static byte[] bytes(Random random, int count) {
        byte[] bytes = new byte[count];
        random.nextBytes(bytes);
        return bytes;
    }

    /** That of the first pixel, so that one shines through for certain. */
    private static byte[] oneColour(int[] samples, Kind kind) {
        ByteBuffer colour = ByteBuffer.allocate(2 * kind.samples());
        Arrays.stream(samples, 0, kind.samples()).forEach(sample -> colour.putShort((short) sample));
        return colour.array();
    }

    private static byte[] colours(int[] samples, Kind kind, byte[] palette) {
        ByteArrayOutputStream colours = new ByteArrayOutputStream();
        for (int i = 0; i < samples.length; i++) {
            if (kind.colour == 3) {
                colours.write(palette, samples[i] * 3, 3);
            } else if (kind.colour < 3 || i % kind.samples() < kind.samples() - 1) {
                colours.write(inEightBits(samples[i], kind));
            }
        }
        return colours.toByteArray();
    }

    private static byte[] alpha(int[] samples, Kind kind, byte[] shining) {
        byte[] alpha = new byte[samples.length / kind.samples()];
        for (int i = 0; i < alpha.length; i++) {
            int[] pixel = Arrays.copyOfRange(samples, i * kind.samples(), (i + 1) * kind.samples());
            alpha[i] = (byte) switch (kind.colour) {
                case 3 -> pixel[0] < shining.length ? shining[pixel[0]] : 0xff;
                case 4, 6 -> inEightBits(pixel[kind.samples() - 1], kind);
                default -> shining.length > 0 && Arrays.equals(oneColour(pixel, kind), shining) ? 0 : 0xff;
            };
        }
        return alpha;
    }

    private static int inEightBits(int sample, Kind kind) {
        return kind.depth == 16 ? sample / 256 : sample * (255 / ((1 << kind.depth) - 1));
    }

    private static byte[] packed(int[] samples, Kind kind, int width, int height, boolean interlaced, Random random) throws IOException {
        ByteArrayOutputStream rows = new ByteArrayOutputStream();
        for (int[] pass : interlaced ? ADAM7 : new int[][] {{0, 0, 1, 1}}) {
            byte[] above = null;
            for (int y = pass[1]; y < height && pass[0] < width; y += pass[3]) {
                StringBuilder bits = new StringBuilder();
                for (int x = pass[0]; x < width; x += pass[2]) {
                    for (int s = 0; s < kind.samples(); s++) {
                        int sample = samples[(y * width + x) * kind.samples() + s];
                        bits.append(Integer.toBinaryString(1 << kind.depth | sample).substring(1));
                    }
                }
                byte[] row = new byte[(bits.length() + 7) / 8];
                for (int i = 0; i < bits.length(); i++) {
                    row[i / 8] |= (byte) ((bits.charAt(i) - '0') << 7 - i % 8);
                }
                int filter = random.nextInt(5);
                rows.write(filter);
                byte[] previous = above == null ? new byte[row.length] : above;
                rows.write(filtered(filter, row, previous, Math.max(1, kind.samples() * kind.depth / 8)));
                above = row;
            }
        }
        return zipped(rows.toByteArray());
    }

    private static byte[] filtered(int filter, byte[] row, byte[] above, int step) {
        byte[] filtered = new byte[row.length];
        for (int i = 0; i < row.length; i++) {
            int a = i < step ? 0 : row[i - step] & 0xff;
            int b = above[i] & 0xff;
            int c = i < step ? 0 : above[i - step] & 0xff;
            int p = a + b - c;
            int nearest = Math.min(Math.abs(p - a), Math.min(Math.abs(p - b), Math.abs(p - c)));
            int guess = new int[] {0, a, b, (a + b) / 2, Math.abs(p - a) == nearest ? a : Math.abs(p - b) == nearest ? b : c}[filter];
            filtered[i] = (byte) (row[i] - guess);
        }
        return filtered;
    }

    private static byte[] zipped(byte[] rows) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DeflaterOutputStream out = new DeflaterOutputStream(bytes)) {
            out.write(rows);
        }
        return bytes.toByteArray();
    }

    /** Its pixels in two chunks, as large files have them. */
    private static byte[] png(Kind kind, int width, int height, boolean interlaced, byte[] palette, byte[] shining, byte[] pixels) {
        ByteBuffer png = ByteBuffer.allocate(200 + palette.length + shining.length + pixels.length).putLong(0x89504e470d0a1a0aL);
        chunk(png, "IHDR", ByteBuffer.allocate(13).putInt(width).putInt(height).put((byte) kind.depth).put((byte) kind.colour)
                .put(new byte[] {0, 0, (byte) (interlaced ? 1 : 0)}).array());
        chunk(png, "PLTE", palette);
        chunk(png, "tRNS", shining);
        chunk(png, "IDAT", Arrays.copyOf(pixels, pixels.length / 2));
        chunk(png, "IDAT", Arrays.copyOfRange(pixels, pixels.length / 2, pixels.length));
        chunk(png, "IEND", new byte[0]);
        return Arrays.copyOf(png.array(), png.position());
    }

    private static void chunk(ByteBuffer png, String type, byte[] data) {
        png.putInt(data.length).put(type.getBytes()).put(data).putInt(0);
    }
}

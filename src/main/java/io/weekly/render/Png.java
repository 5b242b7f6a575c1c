package io.weekly.render;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.zip.InflaterInputStream;
import org.openpdf.text.BadElementException;
import org.openpdf.text.Image;

/**
 * Reads a PNG into what a PDF shows: eight bits of grey or of red, green and blue, and a mask where something shines through. OpenPDF
 * reads PNG by ImageIO, which is not part of a native image and unpacks all that a header says before anybody can ask.
 *
 * <p>All kinds of colour and depth, interlaced or not, as the <a href="https://www.w3.org/TR/png-3/">PNG specification</a> has them. Of the
 * chunks only those that hold pixels, palette and transparency count; gamma and colour profiles do not, nor checksums but zlib's own.
 */
final class Png implements AutoCloseable {
    private static final long SIGNATURE = 0x89504e470d0a1a0aL;
    private static final int HEADER_END = 33;
    /** First column and row of each pass, and the steps between them. */
    private static final int[][] ADAM7 = {{0, 0, 8, 8}, {4, 0, 8, 8}, {0, 4, 4, 8}, {2, 0, 4, 4}, {0, 2, 2, 4}, {1, 0, 2, 2}, {0, 1, 1, 2}};
    private static final int[][] AT_ONCE = {{0, 0, 1, 1}};

    private final int width;
    private final int height;
    private final boolean interlaced;
    private final DataInputStream packed;
    private final PngColours colours;

    private Png(byte[] png, long mostPixels) {
        ByteBuffer header = ByteBuffer.wrap(png);
        width = header.getInt(16);
        height = header.getInt(20);
        Raster.checkPixels(Integer.toUnsignedLong(width), Integer.toUnsignedLong(height), mostPixels);
        interlaced = png[28] == 1;
        Chunks chunks = Chunks.of(header);
        packed = new DataInputStream(new InflaterInputStream(new ByteArrayInputStream(chunks.pixels)));
        colours = new PngColours(png[24], png[25], chunks.palette, chunks.transparency);
    }

    /** Whether it begins as one. */
    static boolean is(byte[] bytes) {
        return bytes.length >= HEADER_END && ByteBuffer.wrap(bytes).getLong() == SIGNATURE;
    }

    /**
     * @param mostPixels what it may say it has; its memory is bound by this, four bytes a pixel
     * @throws IllegalArgumentException with the reason where it is none, is damaged or has more or fewer pixels than it says
     */
    static Image read(byte[] bytes, long mostPixels) {
        if (!is(bytes)) {
            throw new IllegalArgumentException("is no PNG");
        }
        try (Png png = new Png(bytes, mostPixels)) {
            return png.image();
        } catch (EOFException e) {
            throw new IllegalArgumentException("has another number of pixels than it says", e);
        } catch (IOException | BadElementException e) {
            throw new IllegalArgumentException("has pixels that cannot be unpacked: " + e.getMessage(), e);
        }
    }

    private Image image() throws IOException, BadElementException {
        byte[] seen = new byte[width * height * colours.channels()];
        byte[] alpha = new byte[colours.shinesThrough() ? width * height : 0];
        for (int[] pass : interlaced ? ADAM7 : AT_ONCE) {
            read(pass[0], pass[1], pass[2], pass[3], seen, alpha);
        }
        if (packed.read() != -1) {
            throw new IllegalArgumentException("has another number of pixels than it says");
        }
        Image image = Image.getInstance(width, height, colours.channels(), 8, seen);
        if (shinesThrough(alpha)) {
            Image mask = Image.getInstance(width, height, 1, 8, alpha);
            mask.makeMask();
            image.setImageMask(mask);
        }
        return image;
    }

    private void read(int firstColumn, int firstRow, int columns, int rows, byte[] seen, byte[] alpha) throws IOException {
        int across = (width - firstColumn + columns - 1) / columns;
        if (across <= 0) {
            return;
        }
        PngRows pass = new PngRows(packed, across, colours.bitsPerPixel());
        for (int y = firstRow; y < height; y += rows) {
            byte[] row = pass.next();
            for (int i = 0; i < across; i++) {
                colours.put(row, i, y * width + firstColumn + i * columns, seen, alpha);
            }
        }
    }

    /** Gives back what zlib holds outside of the heap. */
    @Override
    public void close() throws IOException {
        packed.close();
    }

    private static boolean shinesThrough(byte[] alpha) {
        for (byte of : alpha) {
            if (of != (byte) 0xff) {
                return true;
            }
        }
        return false;
    }

    private record Chunks(byte[] pixels, byte[] palette, byte[] transparency) {

        static Chunks of(ByteBuffer png) {
            ByteArrayOutputStream pixels = new ByteArrayOutputStream();
            byte[] palette = {};
            byte[] transparency = {};
            for (int at = 8; at + 12 <= png.capacity(); ) {
                int length = png.getInt(at);
                if (length < 0 || length > png.capacity() - at - 12) {
                    throw new IllegalArgumentException("breaks off");
                }
                byte[] content = new byte[length];
                png.get(at + 8, content);
                switch (new String(png.array(), at + 4, 4, StandardCharsets.ISO_8859_1)) {
                    case "IDAT" -> pixels.writeBytes(content);
                    case "PLTE" -> palette = content;
                    case "tRNS" -> transparency = content;
                    default -> { }
                }
                at += 12 + length;
            }
            return new Chunks(pixels.toByteArray(), palette, transparency);
        }
    }
}

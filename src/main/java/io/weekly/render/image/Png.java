package io.weekly.render.image;

import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.InflaterInputStream;
import org.openpdf.text.BadElementException;
import org.openpdf.text.Image;

/**
 * Reads a PNG into what a PDF shows: eight bits of grey, of red, green and blue, or places in a palette, and a mask where something shines
 * through. OpenPDF reads PNG by ImageIO, which is not part of a native image.
 *
 * <p>All kinds of colour and depth, interlaced or not, as the <a href="https://www.w3.org/TR/png-3/">PNG specification</a> has them. Of the
 * chunks only those that hold pixels, palette and transparency count; gamma and colour profiles do not, nor checksums. As in browsers,
 * what follows the last row is not looked at; fewer rows than the header says are a fault.
 */
final class Png implements AutoCloseable {
    private static final long SIGNATURE = 0x89504e470d0a1a0aL;
    private static final int HEADER = 0x49484452;
    private static final int HEADER_END = 33;
    /** Two rows are held besides the pixels: 256 KB of the widest kind. */
    private static final int LONGEST_SIDE = 16_384;
    private static final int ROOM = 1 << 16;
    /** First column and row of each pass, and the steps between them. */
    private static final int[][] ADAM7 = {{0, 0, 8, 8}, {4, 0, 8, 8}, {0, 4, 4, 8}, {2, 0, 4, 4}, {0, 2, 2, 4}, {1, 0, 2, 2}, {0, 1, 1, 2}};
    private static final int[][] AT_ONCE = {{0, 0, 1, 1}};

    private final int width;
    private final int height;
    private final int[][] passes;
    private final PngColours colours;
    private final DataInputStream packed;

    private Png(byte[] png, long mostPixels) {
        ByteBuffer header = ByteBuffer.wrap(png);
        width = header.getInt(16);
        height = header.getInt(20);
        Raster.checkPixels(Integer.toUnsignedLong(width), Integer.toUnsignedLong(height), mostPixels);
        if (Math.max(width, height) > LONGEST_SIDE) {
            throw new IllegalArgumentException("has a side of more than %d pixels".formatted(LONGEST_SIDE));
        }
        if (header.getInt(12) != HEADER || png[26] != 0 || png[27] != 0 || png[28] < 0 || png[28] > 1) {
            throw new IllegalArgumentException("has a header that no PNG has");
        }
        passes = png[28] == 1 ? ADAM7 : AT_ONCE;
        PngChunks chunks = PngChunks.of(header);
        colours = new PngColours(png[24], png[25], chunks.palette(), chunks.transparency());
        packed = new DataInputStream(new BufferedInputStream(new InflaterInputStream(new ByteArrayInputStream(chunks.pixels())), ROOM));
    }

    /** Whether it begins as one. */
    static boolean is(byte[] bytes) {
        return bytes.length >= HEADER_END && ByteBuffer.wrap(bytes).getLong() == SIGNATURE;
    }

    /**
     * The image is packed again, so that it keeps about as much memory as its file; while it is read it takes four bytes a pixel at most.
     *
     * @param mostPixels that its header may say it has
     * @throws IllegalArgumentException with the reason where it is none, is damaged, or has fewer pixels than it says
     */
    static Image read(byte[] bytes, long mostPixels) {
        if (!is(bytes)) {
            throw new IllegalArgumentException("is no PNG");
        }
        try (Png png = new Png(bytes, mostPixels)) {
            return png.image();
        } catch (EOFException e) {
            throw new IllegalArgumentException("has fewer pixels than it says", e);
        } catch (IOException | BadElementException e) {
            throw new IllegalArgumentException("has pixels that cannot be unpacked: " + e.getMessage(), e);
        }
    }

    private Image image() throws IOException, BadElementException {
        byte[] seen = new byte[width * height * colours.channels()];
        byte[] alpha = new byte[colours.shinesThrough() ? width * height : 0];
        for (int[] pass : passes) {
            read(pass[0], pass[1], pass[2], pass[3], seen, alpha);
        }
        Image image = zipped(seen, colours.channels());
        colours.space().ifPresent(image::setAdditional);
        if (shinesThrough(alpha)) {
            Image mask = zipped(alpha, 1);
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

    private Image zipped(byte[] pixels, int channels) throws IOException, BadElementException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DeflaterOutputStream out = new DeflaterOutputStream(bytes)) {
            out.write(pixels);
        }
        Image image = Image.getInstance(width, height, channels, 8, bytes.toByteArray());
        image.setDeflated(true);
        return image;
    }

    private static boolean shinesThrough(byte[] alpha) {
        for (byte of : alpha) {
            if (of != (byte) 0xff) {
                return true;
            }
        }
        return false;
    }

    /** Gives back what zlib holds outside of the heap. */
    @Override
    public void close() throws IOException {
        packed.close();
    }
}

package io.weekly.render.image;

import io.weekly.render.RenderStopped;
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
 * Reads a PNG into an image for a PDF: eight bits of grey, of RGB, or indexes of a palette, and a mask if pixels are transparent. This
 * class is needed because OpenPDF reads PNG with ImageIO, which is not part of a native image.
 *
 * <p>It supports all colour types and depths of the <a href="https://www.w3.org/TR/png-3/">PNG specification</a>, interlaced or not. It
 * ignores gamma, colour profiles and checksums. As in browsers, data after the last row are ignored, and fewer rows than the header says
 * are an error.
 */
final class Png implements AutoCloseable {
    private static final long SIGNATURE = 0x89504e470d0a1a0aL;
    private static final int HEADER = 0x49484452;
    private static final int HEADER_END = 33;
    /** In pixels. Two rows are held in memory besides the pixels: 256 KB for the largest colour type. */
    private static final int MAX_SIDE = 16_384;
    private static final int BUFFER_SIZE = 1 << 16;
    /** First column, first row, column step and row step of each pass. */
    private static final int[][] ADAM7 = {{0, 0, 8, 8}, {4, 0, 8, 8}, {0, 4, 4, 8}, {2, 0, 4, 4}, {0, 2, 2, 4}, {1, 0, 2, 2}, {0, 1, 1, 2}};
    private static final int[][] ONE_PASS = {{0, 0, 1, 1}};

    private final int width;
    private final int height;
    private final int[][] passes;
    private final PngColours colours;
    private final DataInputStream packed;

    private Png(byte[] png, long maxPixels) {
        ByteBuffer header = ByteBuffer.wrap(png);
        width = header.getInt(16);
        height = header.getInt(20);
        Raster.checkPixels(Integer.toUnsignedLong(width), Integer.toUnsignedLong(height), maxPixels);
        if (Math.max(width, height) > MAX_SIDE) {
            throw new IllegalArgumentException("has a side of more than %d pixels".formatted(MAX_SIDE));
        }
        if (header.getInt(12) != HEADER || png[26] != 0 || png[27] != 0 || png[28] < 0 || png[28] > 1) {
            throw new IllegalArgumentException("has an invalid header");
        }
        passes = png[28] == 1 ? ADAM7 : ONE_PASS;
        PngChunks chunks = PngChunks.of(header);
        colours = new PngColours(png[24], png[25], chunks.palette(), chunks.transparency());
        InflaterInputStream unpacked = new InflaterInputStream(new ByteArrayInputStream(chunks.pixels()));
        packed = new DataInputStream(new BufferedInputStream(unpacked, BUFFER_SIZE));
    }

    /** Whether the bytes start like a PNG. */
    static boolean isPng(byte[] bytes) {
        return bytes.length >= HEADER_END && ByteBuffer.wrap(bytes).getLong() == SIGNATURE;
    }

    /**
     * Reads a PNG. While it is read it takes up to four bytes a pixel. The result is compressed again, so it takes about as much memory as
     * the file.
     *
     * @param maxPixels that the header may claim
     * @throws IllegalArgumentException if it is not a PNG, is damaged, or has fewer pixels than it claims; the message is the reason
     */
    static Image read(byte[] bytes, long maxPixels) {
        if (!isPng(bytes)) {
            throw new IllegalArgumentException("is not a PNG");
        }
        try (Png png = new Png(bytes, maxPixels)) {
            return png.image();
        } catch (EOFException e) {
            throw new IllegalArgumentException("has fewer pixels than its header says", e);
        } catch (IOException | BadElementException e) {
            throw new IllegalArgumentException("has pixels that cannot be decompressed: " + e.getMessage(), e);
        }
    }

    private Image image() throws IOException, BadElementException {
        byte[] pixels = new byte[width * height * colours.channels()];
        byte[] alpha = new byte[colours.hasTransparency() ? width * height : 0];
        for (int[] pass : passes) {
            read(pass[0], pass[1], pass[2], pass[3], pixels, alpha);
        }
        Image image = compressed(pixels, colours.channels());
        colours.colourSpace().ifPresent(image::setAdditional);
        if (hasTransparency(alpha)) {
            Image mask = compressed(alpha, 1);
            mask.makeMask();
            image.setImageMask(mask);
        }
        return image;
    }

    private void read(int firstColumn, int firstRow, int columns, int rows, byte[] pixels, byte[] alpha) throws IOException {
        int across = (width - firstColumn + columns - 1) / columns;
        if (across <= 0) {
            return;
        }
        PngRows pass = new PngRows(packed, across, colours.bitsPerPixel());
        for (int y = firstRow; y < height; y += rows) {
            RenderStopped.ifInterrupted();
            byte[] row = pass.next();
            for (int i = 0; i < across; i++) {
                colours.put(row, i, y * width + firstColumn + i * columns, pixels, alpha);
            }
        }
    }

    private Image compressed(byte[] pixels, int channels) throws IOException, BadElementException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DeflaterOutputStream out = new DeflaterOutputStream(bytes)) {
            out.write(pixels);
        }
        Image image = Image.getInstance(width, height, channels, 8, bytes.toByteArray());
        image.setDeflated(true);
        return image;
    }

    private static boolean hasTransparency(byte[] alpha) {
        for (byte opacity : alpha) {
            if (opacity != (byte) 0xff) {
                return true;
            }
        }
        return false;
    }

    /** Frees the memory of zlib, which is outside of the heap. */
    @Override
    public void close() throws IOException {
        packed.close();
    }
}

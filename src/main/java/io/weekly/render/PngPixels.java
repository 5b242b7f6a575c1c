package io.weekly.render;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * Unpacks the pixels of a PNG without keeping them, and says whether they are as many as its header says: not fewer, which some
 * readers of PDF refuse the page for, and not more, which is a bomb.
 */
final class PngPixels {
    private static final int[][] ADAM7 = {{0, 0, 8, 8}, {4, 0, 8, 8}, {0, 4, 4, 8}, {2, 0, 4, 4}, {0, 2, 2, 4}, {1, 0, 2, 2}, {0, 1, 1, 2}};

    private PngPixels() {}

    /** @throws IllegalArgumentException with the reason where they are not */
    static void check(byte[] png) {
        ByteBuffer bytes = ByteBuffer.wrap(png);
        if (png.length < 33) {
            throw new IllegalArgumentException("breaks off");
        }
        long expected = expected(bytes.getInt(16), bytes.getInt(20), bytes.get(24), bytes.get(25), bytes.get(28) == 1);
        Inflater inflater = new Inflater();
        try {
            if (unpacked(bytes, inflater, expected) != expected) {
                throw new IllegalArgumentException("has another number of pixels than it says");
            }
        } catch (DataFormatException e) {
            throw new IllegalArgumentException("has pixels that cannot be unpacked", e);
        } finally {
            inflater.end();
        }
    }

    private static long unpacked(ByteBuffer png, Inflater inflater, long most) throws DataFormatException {
        byte[] room = new byte[64 * 1024];
        long all = 0;
        for (int at = 8; at + 12 <= png.capacity(); ) {
            int length = png.getInt(at);
            if (length < 0 || length > png.capacity() - at - 12) {
                throw new IllegalArgumentException("breaks off");
            }
            if (new String(png.array(), at + 4, 4, StandardCharsets.ISO_8859_1).equals("IDAT")) {
                inflater.setInput(png.array(), at + 8, length);
                for (int more = inflater.inflate(room); more > 0 && all <= most; more = inflater.inflate(room)) {
                    all += more;
                }
            }
            at += 12 + length;
        }
        return all;
    }

    /** Bytes of all rows, each with the byte of its filter. */
    private static long expected(int width, int height, int depth, int colour, boolean interlaced) {
        int channels = switch (colour) {
            case 0, 3 -> 1;
            case 2 -> 3;
            case 4 -> 2;
            case 6 -> 4;
            default -> throw new IllegalArgumentException("has a kind of colour that no PNG has");
        };
        if (depth < 1 || depth > 16 || Integer.bitCount(depth) != 1) {
            throw new IllegalArgumentException("has a depth that no PNG has");
        }
        long bits = (long) channels * depth;
        if (!interlaced) {
            return rows(width, height, bits);
        }
        long all = 0;
        for (int[] pass : ADAM7) {
            all += rows((width - pass[0] + pass[2] - 1) / pass[2], (height - pass[1] + pass[3] - 1) / pass[3], bits);
        }
        return all;
    }

    private static long rows(long width, long height, long bits) {
        return width <= 0 || height <= 0 ? 0 : height * (1 + (width * bits + 7) / 8);
    }
}

package io.weekly.render.image;

import java.io.DataInputStream;
import java.io.IOException;

/** Reads the rows of one pass of a PNG and reverses the filter of each row. It keeps two rows in memory. */
final class PngRows {
    private final DataInputStream packed;
    /** The distance to the same sample of the previous pixel in bytes: 1 or more. */
    private final int step;
    private byte[] above;
    private byte[] row;

    PngRows(DataInputStream packed, int pixels, int bitsPerPixel) {
        this.packed = packed;
        this.step = Math.max(1, bitsPerPixel / 8);
        this.row = new byte[(int) (((long) pixels * bitsPerPixel + 7) / 8)];
        this.above = new byte[row.length];
    }

    /**
     * The next row, valid until the next call.
     *
     * @throws java.io.EOFException if there are no more rows
     */
    byte[] next() throws IOException {
        byte[] used = above;
        above = row;
        row = used;
        int filter = packed.readUnsignedByte();
        packed.readFully(row);
        switch (filter) {
            case 0 -> { }
            case 1 -> {
                for (int i = step; i < row.length; i++) {
                    row[i] += row[i - step];
                }
            }
            case 2 -> {
                for (int i = 0; i < row.length; i++) {
                    row[i] += above[i];
                }
            }
            case 3 -> {
                for (int i = 0; i < row.length; i++) {
                    row[i] += (byte) ((left(row, i) + (above[i] & 0xff)) / 2);
                }
            }
            case 4 -> {
                for (int i = 0; i < row.length; i++) {
                    row[i] += (byte) paeth(left(row, i), above[i] & 0xff, left(above, i));
                }
            }
            default -> throw new IOException("filter " + filter + " does not exist");
        }
        return row;
    }

    private int left(byte[] of, int i) {
        return i < step ? 0 : of[i - step] & 0xff;
    }

    /** The neighbour that is nearest to left + above − aboveLeft (PNG specification, 9.4). */
    private static int paeth(int left, int above, int aboveLeft) {
        int guess = left + above - aboveLeft;
        int fromLeft = Math.abs(guess - left);
        int fromAbove = Math.abs(guess - above);
        int fromAboveLeft = Math.abs(guess - aboveLeft);
        if (fromLeft <= fromAbove && fromLeft <= fromAboveLeft) {
            return left;
        }
        return fromAbove <= fromAboveLeft ? above : aboveLeft;
    }
}

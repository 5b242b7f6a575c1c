package io.weekly.render.image;

import java.io.DataInputStream;
import java.io.IOException;

/** The rows of one pass over a PNG, one after the other, with the filter of each undone. It holds two of them. */
final class PngRows {
    private final DataInputStream packed;
    /** Bytes from a sample to the same one of the pixel before: at least one. */
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
     * Valid until the next one is read.
     *
     * @throws java.io.EOFException where there are fewer than asked for
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

    /** Whichever of the three neighbours is nearest to the slope between them; PNG specification, 9.4. */
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

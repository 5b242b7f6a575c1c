package io.weekly.api;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;

/**
 * Cuts a body that arrives in pieces into lines, whatever the pieces' borders. Holds no more than one line; one that is too long is
 * dropped as it comes and reported when it ends. Blank lines count and are left out.
 */
final class Lines {

    static final int LONGEST_BYTES = 64 * 1024;

    private final ByteArrayOutputStream begun = new ByteArrayOutputStream();
    private long number = 1;
    private boolean tooLong;

    /**
     * @param number from 1
     * @param bytes without the line's end; empty where it was too long, which a line is not otherwise
     */
    record Line(long number, byte[] bytes) {

        boolean isTooLong() {
            return bytes.length == 0;
        }
    }

    /** The lines that end in the next piece of the body. */
    List<Line> cut(byte[] piece) {
        var ended = new ArrayList<Line>();
        var from = 0;
        for (int i = 0; i < piece.length; i++) {
            if (piece[i] == '\n') {
                keep(piece, from, i);
                end(ended);
                from = i + 1;
            }
        }
        keep(piece, from, piece.length);
        return ended;
    }

    /** The last line, where the body did not end with a line's end. */
    List<Line> last() {
        var ended = new ArrayList<Line>();
        end(ended);
        return ended;
    }

    private void keep(byte[] piece, int from, int to) {
        if (tooLong || begun.size() + to - from > LONGEST_BYTES) {
            tooLong = true;
            begun.reset();
        } else {
            begun.write(piece, from, to - from);
        }
    }

    private void end(List<Line> ended) {
        var bytes = begun.toByteArray();
        if (tooLong || !isBlank(bytes)) {
            ended.add(new Line(number, bytes));
        }
        number++;
        tooLong = false;
        begun.reset();
    }

    private static boolean isBlank(byte[] bytes) {
        for (var b : bytes) {
            if (b != ' ' && b != '\t' && b != '\r') {
                return false;
            }
        }
        return true;
    }
}

package io.weekly.api.upload;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Splits a body that arrives in pieces into lines. Holds at most one line. A line that is too long is dropped while it arrives and reported
 * when it ends. Blank lines are counted and skipped.
 */
final class LineSplitter {

    /** The longest line, without its end. */
    static final int MAX_LINE_BYTES = 64 * 1024;
    /** U+FEFF in UTF-8, which some editors write at the start of a file. It is not part of the first line. */
    private static final byte[] BYTE_ORDER_MARK = {(byte) 0xef, (byte) 0xbb, (byte) 0xbf};

    private final ByteArrayOutputStream partial = new ByteArrayOutputStream();
    private long number = 1;
    private boolean tooLong;

    /**
     * A line of the body.
     *
     * @param number from 1
     * @param bytes without the line's end; empty only if the line was too long
     */
    record Line(long number, byte[] bytes) {

        boolean isTooLong() {
            return bytes.length == 0;
        }
    }

    /** The lines that end in this piece of the body. */
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

    /** The last line, if the body does not end with a line break. */
    List<Line> last() {
        var ended = new ArrayList<Line>();
        end(ended);
        return ended;
    }

    private void keep(byte[] piece, int from, int to) {
        if (tooLong || partial.size() + to - from > MAX_LINE_BYTES) {
            tooLong = true;
            partial.reset();
        } else {
            partial.write(piece, from, to - from);
        }
    }

    private void end(List<Line> ended) {
        var bytes = number == 1 ? withoutMark(partial.toByteArray()) : partial.toByteArray();
        if (tooLong || !isBlank(bytes)) {
            ended.add(new Line(number, bytes));
        }
        number++;
        tooLong = false;
        partial.reset();
    }

    private static byte[] withoutMark(byte[] line) {
        var mark = BYTE_ORDER_MARK.length;
        var hasMark = line.length >= mark && Arrays.equals(line, 0, mark, BYTE_ORDER_MARK, 0, mark);
        return hasMark ? Arrays.copyOfRange(line, mark, line.length) : line;
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

package io.weekly.api.upload;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Cuts a body that arrives in pieces into lines, whatever the pieces' borders. Holds no more than one line; one that is too long is
 * dropped as it comes and reported when it ends. Blank lines count and are left out.
 */
final class LineSplitter {

    static final int MAX_LINE_BYTES = 64 * 1024;
    /** U+FEFF in UTF-8, with which some editors begin a file. It is no part of the first line. */
    private static final byte[] BYTE_ORDER_MARK = {(byte) 0xef, (byte) 0xbb, (byte) 0xbf};

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
        if (tooLong || begun.size() + to - from > MAX_LINE_BYTES) {
            tooLong = true;
            begun.reset();
        } else {
            begun.write(piece, from, to - from);
        }
    }

    private void end(List<Line> ended) {
        var bytes = number == 1 ? withoutMark(begun.toByteArray()) : begun.toByteArray();
        if (tooLong || !isBlank(bytes)) {
            ended.add(new Line(number, bytes));
        }
        number++;
        tooLong = false;
        begun.reset();
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

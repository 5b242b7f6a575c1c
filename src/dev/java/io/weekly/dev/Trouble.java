package io.weekly.dev;

import java.util.List;
import java.util.stream.IntStream;

/**
 * What is wrong, where, and the lines around it.
 *
 * @param file as the author knows it
 * @param line 0 where the whole file is meant
 */
record Trouble(String file, int line, String reason, List<Line> lines) {
    private static final int AROUND = 4;

    record Line(int number, String text, boolean meant) {}

    static Trouble of(String file, int line, String reason, String text) {
        var lines = text.lines().toList();
        var around = line <= 0 || line > lines.size()
                ? List.<Line>of()
                : IntStream.rangeClosed(Math.max(1, line - AROUND), Math.min(lines.size(), line + AROUND))
                        .mapToObj(number -> new Line(number, lines.get(number - 1), number == line))
                        .toList();
        return new Trouble(file, line, reason, around);
    }
}

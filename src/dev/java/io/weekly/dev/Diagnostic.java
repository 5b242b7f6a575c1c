package io.weekly.dev;

import java.util.List;
import java.util.stream.IntStream;

/**
 * A fault in a file of an author, with the lines around it.
 *
 * @param file the path as the author knows it
 * @param line 0 if the fault is in no certain line
 */
record Diagnostic(String file, int line, String reason, List<Line> lines) {
    private static final int CONTEXT_LINES = 4;

    record Line(int number, String text, boolean faulty) {}

    static Diagnostic of(String file, int line, String reason, String text) {
        var lines = text.lines().toList();
        var around = line <= 0 || line > lines.size()
                ? List.<Line>of()
                : IntStream.rangeClosed(Math.max(1, line - CONTEXT_LINES), Math.min(lines.size(), line + CONTEXT_LINES))
                        .mapToObj(number -> new Line(number, lines.get(number - 1), number == line))
                        .toList();
        return new Diagnostic(file, line, reason, around);
    }
}

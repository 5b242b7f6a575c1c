package io.weekly.render.chart;

import io.weekly.render.text.Letters;
import java.util.ArrayList;
import java.util.List;

/** The names of the series above a chart, in as many lines as they take. */
final class Legend {
    private static final double SIZE = 10.5;
    private static final double LINE = 17;
    private static final double SWATCH = 9;
    private static final double LONGEST = 170;
    private static final int MOST_LINES = 4;

    private record Entry(String name, String colour, double x, int line) {}

    private final List<Entry> entries = new ArrayList<>();
    private final double room;
    private double x;
    private int line;

    Legend(double room) {
        this.room = room;
    }

    /** A name of nothing is no entry. */
    Legend add(String name, String colour) {
        String text = Letters.fit(name, SIZE, false, Math.min(LONGEST, room - SWATCH - 5));
        double wide = SWATCH + 5 + Letters.width(text, SIZE, false);
        if (!text.isEmpty()) {
            if (x > 0 && x + wide > room) {
                x = 0;
                line++;
            }
            if (line < MOST_LINES) {
                entries.add(new Entry(text, colour, x, line));
            }
            x += wide + 18;
        }
        return this;
    }

    /** As many lines as there is height for. */
    Legend within(double high) {
        entries.removeIf(entry -> (entry.line + 1) * LINE > high);
        return this;
    }

    double height() {
        return entries.isEmpty() ? 0 : (entries.getLast().line + 1) * LINE;
    }

    void draw(Svg svg) {
        for (Entry entry : entries) {
            double y = entry.line * LINE;
            svg.rect(entry.x, y + 2.5, SWATCH, SWATCH, entry.colour);
            svg.text(entry.x + SWATCH + 5, y + 11, "start", SIZE, false, Look.QUIET, entry.name);
        }
    }
}

package io.weekly.render.chart;

import io.weekly.render.text.FontMetrics;
import java.util.ArrayList;
import java.util.List;

/** The names of the series above a chart, in up to four lines. */
final class Legend {
    private static final double FONT_SIZE = 10.5;
    private static final double LINE_HEIGHT = 17;
    private static final double SWATCH = 9;
    private static final double MAX_NAME_WIDTH = 170;
    private static final int MAX_LINES = 4;

    private record Entry(String name, String colour, double x, int line) {}

    private final List<Entry> entries = new ArrayList<>();
    private final double width;
    private double x;
    private int line;

    Legend(double width) {
        this.width = width;
    }

    /** Adds a name; an empty one is left out. */
    Legend add(String name, String colour) {
        String text = FontMetrics.fit(name, FONT_SIZE, false, Math.min(MAX_NAME_WIDTH, width - SWATCH - 5));
        double entryWidth = SWATCH + 5 + FontMetrics.width(text, FONT_SIZE, false);
        if (!text.isEmpty()) {
            if (x > 0 && x + entryWidth > width) {
                x = 0;
                line++;
            }
            if (line < MAX_LINES) {
                entries.add(new Entry(text, colour, x, line));
            }
            x += entryWidth + 18;
        }
        return this;
    }

    /** Removes the lines that do not fit into this height in px. */
    Legend within(double maxHeight) {
        entries.removeIf(entry -> (entry.line + 1) * LINE_HEIGHT > maxHeight);
        return this;
    }

    double height() {
        return entries.isEmpty() ? 0 : (entries.getLast().line + 1) * LINE_HEIGHT;
    }

    void draw(Svg svg) {
        for (Entry entry : entries) {
            double y = entry.line * LINE_HEIGHT;
            svg.rect(entry.x, y + 2.5, SWATCH, SWATCH, entry.colour);
            svg.text(entry.x + SWATCH + 5, y + 11, "start", FONT_SIZE, false, ChartStyle.QUIET_TEXT, entry.name);
        }
    }
}

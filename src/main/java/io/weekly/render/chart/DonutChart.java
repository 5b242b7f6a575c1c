package io.weekly.render.chart;

import io.weekly.render.text.FontMetrics;
import java.util.ArrayList;
import java.util.List;

/**
 * Shares of a whole as a ring, with the total in its middle and a list of names, values and shares beside it.
 *
 * <p>Trap: a negative value is not a share. It has no part of the ring and no percentage in the list. The whole is the sum of the positive
 * values; without any, the ring is empty and the total is the sum of the list.
 */
final class DonutChart {
    static final double HEIGHT = 170;
    private static final double FONT_SIZE = 11;
    private static final double LINE_HEIGHT = 22;
    private static final double MIN_LINE_HEIGHT = 13;
    private static final double GAP = 20;
    private static final double MIN_NAME_WIDTH = 90;
    private static final double MIN_NAME_WIDTH_BESIDE_SHARES = 24;
    private static final double MIN_RADIUS_FOR_NAME = 36;

    private final Chart chart;
    private final ChartStyle style;
    private final List<Double> values;
    private final double whole;
    private final double radius;

    /** How many names fit into a list of this height in px: one share and one negative value at least. */
    static int maxRows(double height) {
        return Math.max(2, (int) (height / MIN_LINE_HEIGHT));
    }

    DonutChart(Chart chart, ChartStyle style) {
        this.chart = chart;
        this.style = style;
        this.values = Chart.present(chart.series().getFirst().values()).toList();
        this.whole = values.stream().mapToDouble(value -> Math.max(0, value)).sum();
        this.radius = Math.max(1, Math.min(chart.size().height(), chart.size().width() * 0.42) / 2 - 2);
    }

    String draw() {
        Svg svg = style.svg("chart", chart.size().width(), chart.size().height(), chart);
        double y = chart.size().height() / 2;
        double x = radius + 2;
        if (whole <= 0) {
            svg.ring(x, y, radius, radius * 0.62, 0, 2 * Math.PI, ChartStyle.GRID_LINE);
        }
        double from = 0;
        for (int i = 0; i < values.size(); i++) {
            double turn = whole > 0 ? 2 * Math.PI * Math.max(0, values.get(i)) / whole : 0;
            if (turn > 0) {
                svg.ring(x, y, radius, radius * 0.62, from, from + turn, style.palette().colour(i));
            }
            from += turn;
        }
        middle(svg, x, y);
        list(svg, 2 * radius + 32, y);
        return svg.toString();
    }

    private void middle(Svg svg, double x, double y) {
        double width = radius * 2 * 0.62 * 0.86;
        if (chart.isEmpty()) {
            svg.text(x, y + 4, "middle", FONT_SIZE, false, ChartStyle.QUIET_TEXT,
                    FontMetrics.fit(style.message("chart_empty"), FONT_SIZE, false, width));
            return;
        }
        double all = whole > 0 ? whole : values.stream().mapToDouble(Double::doubleValue).sum();
        String total = style.numbers().of(all);
        if (FontMetrics.width(total, 12, true) > width) {
            total = style.numbers().compact(all);
        }
        double size = Math.clamp(20 * width / Math.max(1, FontMetrics.width(total, 20, true)), 8, 20);
        if (FontMetrics.width(total, size, true) > width + 0.01) {
            return; // a number that is cut is a different number
        }
        boolean named = radius >= MIN_RADIUS_FOR_NAME;
        svg.text(x, y + size * (named ? 0.2 : 0.35), "middle", size, true, ChartStyle.TEXT, total);
        if (named) {
            svg.text(x, y + size * 0.2 + 14, "middle", ChartStyle.SMALL_FONT, false, ChartStyle.QUIET_TEXT,
                    FontMetrics.fit(style.message("total"), ChartStyle.SMALL_FONT, false, width));
        }
    }

    /** Names to the left, shares and values to the right, as in a table. A narrow list leaves out the values first, and then the shares. */
    private void list(Svg svg, double left, double middle) {
        List<String> figures = new ArrayList<>();
        List<String> shares = new ArrayList<>();
        for (double value : values) {
            figures.add(style.numbers().of(value));
            shares.add(value < 0 || whole <= 0 ? "–" : style.numbers().formats().percent(value / whole));
        }
        double share = widest(shares, true);
        double figure = widest(figures, false) + GAP;
        double names = widest(chart.labels(), false);
        double space = chart.size().width() - left - 18;
        if (space - GAP - share - figure < Math.min(names, MIN_NAME_WIDTH)) {
            figures.replaceAll(_ -> "");
            figure = 0;
        }
        if (space - GAP - share < Math.min(names, MIN_NAME_WIDTH_BESIDE_SHARES)) {
            shares.replaceAll(_ -> "");
            share = -GAP;
        }
        double line = Math.min(LINE_HEIGHT, chart.size().height() / Math.max(1, values.size()));
        if (space < FONT_SIZE || line < FONT_SIZE) {
            return;
        }
        double right = Math.min(chart.size().width(), left + 18 + Math.min(names, 260) + GAP + share + figure);
        double nameWidth = right - figure - share - GAP - left - 18;
        double y = middle - line * values.size() / 2 + line / 2;
        for (int i = 0; i < values.size(); i++, y += line) {
            svg.rect(left, y - 5, 10, 10, values.get(i) > 0 ? style.palette().colour(i) : ChartStyle.GRID_LINE);
            svg.text(left + 18, y + 4, "start", FONT_SIZE, false, ChartStyle.TEXT,
                    FontMetrics.fit(chart.labels().get(i), FONT_SIZE, false, nameWidth));
            if (share > 0) {
                svg.text(right - figure, y + 4, "end", FONT_SIZE, true, ChartStyle.TEXT, shares.get(i));
            }
            if (figure > 0) {
                svg.text(right, y + 4, "end", FONT_SIZE, false, ChartStyle.QUIET_TEXT, figures.get(i));
            }
        }
    }

    private static double widest(List<String> texts, boolean bold) {
        return texts.stream().mapToDouble(text -> FontMetrics.width(text, FONT_SIZE, bold)).max().orElse(0);
    }
}

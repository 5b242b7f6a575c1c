package io.weekly.render.chart;

import io.weekly.render.text.Letters;
import java.util.ArrayList;
import java.util.List;

/**
 * Shares of a whole as a ring with the total in its middle, and names, values and shares beside it. Trap: what is negative is no share of
 * anything. It has no slice and stands in the list without a share, and the whole is the sum of what is positive; where nothing is, the
 * ring is empty and the total is that of the list.
 */
final class DonutChart {
    static final double HIGH = 170;
    private static final double SIZE = 11;
    private static final double LINE = 22;
    private static final double LEAST_LINE = 13;
    private static final double GAP = 20;
    private static final double LEAST_NAME = 90;
    private static final double SHORTEST_NAME = 24;
    private static final double LEAST_RADIUS_FOR_NAME = 36;

    private final Chart chart;
    private final Look look;
    private final List<Double> values;
    private final double whole;
    private final double radius;

    /** How many names there is room for in so high a list; at least one of a share and one of what is negative. */
    static int mostRows(double high) {
        return Math.max(2, (int) (high / LEAST_LINE));
    }

    DonutChart(Chart chart, Look look) {
        this.chart = chart;
        this.look = look;
        this.values = chart.series().getFirst().values();
        this.whole = values.stream().mapToDouble(value -> Math.max(0, value)).sum();
        this.radius = Math.max(1, Math.min(chart.room().height(), chart.room().width() * 0.42) / 2 - 2);
    }

    String draw() {
        Svg svg = look.svg("chart", chart.room().width(), chart.room().height(), chart);
        double y = chart.room().height() / 2;
        double x = radius + 2;
        if (whole <= 0) {
            svg.ring(x, y, radius, radius * 0.62, 0, 2 * Math.PI, Look.GRID);
        }
        double from = 0;
        for (int i = 0; i < values.size(); i++) {
            double turn = whole > 0 ? 2 * Math.PI * Math.max(0, values.get(i)) / whole : 0;
            if (turn > 0) {
                svg.ring(x, y, radius, radius * 0.62, from, from + turn, look.palette().colour(i));
            }
            from += turn;
        }
        middle(svg, x, y);
        list(svg, 2 * radius + 32, y);
        return svg.toString();
    }

    private void middle(Svg svg, double x, double y) {
        double room = radius * 2 * 0.62 * 0.86;
        if (chart.isEmpty()) {
            svg.text(x, y + 4, "middle", SIZE, false, Look.QUIET, Letters.fit(look.word("chart_empty"), SIZE, false, room));
            return;
        }
        double all = whole > 0 ? whole : values.stream().mapToDouble(Double::doubleValue).sum();
        String total = look.figures().of(all);
        if (Letters.width(total, 12, true) > room) {
            total = look.figures().compact(all);
        }
        double size = Math.clamp(20 * room / Math.max(1, Letters.width(total, 20, true)), 8, 20);
        if (Letters.width(total, size, true) > room + 0.01) {
            return; // a part of a figure is another figure
        }
        boolean named = radius >= LEAST_RADIUS_FOR_NAME;
        svg.text(x, y + size * (named ? 0.2 : 0.35), "middle", size, true, Look.INK, total);
        if (named) {
            svg.text(x, y + size * 0.2 + 14, "middle", Look.SMALL, false, Look.QUIET, Letters.fit(look.word("total"), Look.SMALL, false, room));
        }
    }

    /** Names to the left, shares and values to the right, as a table has them. Where it is narrow, first the values and then the shares give way to the names. */
    private void list(Svg svg, double left, double middle) {
        List<String> figures = new ArrayList<>();
        List<String> shares = new ArrayList<>();
        for (double value : values) {
            figures.add(look.figures().of(value));
            shares.add(value < 0 || whole <= 0 ? "–" : look.figures().formats().percent(value / whole));
        }
        double share = widest(shares, true);
        double figure = widest(figures, false) + GAP;
        double names = widest(chart.labels(), false);
        double beside = chart.room().width() - left - 18;
        if (beside - GAP - share - figure < Math.min(names, LEAST_NAME)) {
            figures.replaceAll(_ -> "");
            figure = 0;
        }
        if (beside - GAP - share < Math.min(names, SHORTEST_NAME)) {
            shares.replaceAll(_ -> "");
            share = -GAP;
        }
        double line = Math.min(LINE, chart.room().height() / Math.max(1, values.size()));
        if (beside < SIZE || line < SIZE) {
            return;
        }
        double right = Math.min(chart.room().width(), left + 18 + Math.min(names, 260) + GAP + share + figure);
        double room = right - figure - share - GAP - left - 18;
        double y = middle - line * values.size() / 2 + line / 2;
        for (int i = 0; i < values.size(); i++, y += line) {
            svg.rect(left, y - 5, 10, 10, values.get(i) > 0 ? look.palette().colour(i) : Look.GRID);
            svg.text(left + 18, y + 4, "start", SIZE, false, Look.INK, Letters.fit(chart.labels().get(i), SIZE, false, room));
            if (share > 0) {
                svg.text(right - figure, y + 4, "end", SIZE, true, Look.INK, shares.get(i));
            }
            if (figure > 0) {
                svg.text(right, y + 4, "end", SIZE, false, Look.QUIET, figures.get(i));
            }
        }
    }

    private static double widest(List<String> texts, boolean bold) {
        return texts.stream().mapToDouble(text -> Letters.width(text, SIZE, bold)).max().orElse(0);
    }
}

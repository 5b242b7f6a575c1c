package io.weekly.render;

import java.util.List;

/** What charts along an x axis share: where they stand in their drawing, a quiet grid, and labels that neither overlap nor leave it. */
final class Frame {
    private static final double LONGEST_LABEL = 110;
    private static final double BETWEEN = 8;
    /** From here on a slot is wide enough to shorten a name to it rather than to skip every second one. */
    private static final double SLOT_FOR_TEXT = 44;

    final double left;
    final double right;
    final double top;
    final double bottom;
    final double slot;
    private final Chart chart;
    private final Axis axis;
    private final List<String> ticks;
    private double inset = -1;

    /** {@code above}, {@code below} and {@code beside}: what the chart itself wants to write around its values. */
    Frame(Chart chart, Axis axis, ChartNumbers figures, Legend legend, double above, double below, double beside) {
        this.chart = chart;
        this.axis = axis;
        this.ticks = figures.ticks(axis);
        this.left = chart.isEmpty() ? 0 : ticks.stream().mapToDouble(tick -> Letters.width(tick, Look.SMALL, false)).max().orElse(0) + 8;
        this.right = chart.room().width() - beside;
        this.top = legend.height() + (legend.height() > 0 ? 5 : 0) + above;
        this.bottom = chart.room().height() - 20 - below;
        this.slot = (right - left) / Math.max(1, chart.labels().size());
    }

    /** For lines: the first and the last point stand near the edges, where bars would leave half a slot. */
    Frame fromEdgeToEdge(double inset) {
        this.inset = inset;
        return this;
    }

    void grid(Svg svg, Look look) {
        if (chart.isEmpty()) {
            double middle = (top + bottom) / 2;
            svg.line(0, bottom, right, bottom, Look.ZERO, 1);
            svg.text(chart.room().width() / 2, middle, "middle", 11, false, Look.QUIET,
                    Letters.fit(look.word("chart_empty"), 11, false, chart.room().width()));
            return;
        }
        List<Double> values = axis.ticks();
        for (int i = 0; i < values.size(); i++) {
            boolean zero = Math.abs(values.get(i)) < axis.step() / 1000;
            double y = y(values.get(i));
            svg.line(left, y, right, y, zero ? Look.ZERO : Look.GRID, zero ? 1 : 0.75);
            svg.text(left - 7, y + 3.5, "end", Look.SMALL, false, Look.QUIET, ticks.get(i));
        }
    }

    /** From the last one backwards, since the last is the one that people look for. */
    void labels(Svg svg) {
        if (chart.isEmpty()) {
            return;
        }
        double longest = chart.labels().stream().mapToDouble(label -> Letters.width(label, Look.SMALL, false)).max().orElse(0);
        double wanted = Math.min(longest, !chart.dates() && slot >= SLOT_FOR_TEXT ? slot - BETWEEN : LONGEST_LABEL);
        int every = Math.max(1, (int) Math.ceil((wanted + BETWEEN) / slot - 1e-6));
        double free = chart.room().width();
        for (int i = chart.labels().size() - 1; i >= 0; i -= every) {
            String label = Letters.fit(chart.labels().get(i), Look.SMALL, false, Math.min(wanted + 0.5, free));
            double wide = Letters.width(label, Look.SMALL, false);
            double middle = Math.max(wide / 2, Math.min(middle(i), chart.room().width() - wide / 2));
            if (!label.isEmpty() && middle + wide / 2 <= free + 0.01) {
                svg.text(middle, chart.room().height() - 5, "middle", Look.SMALL, false, Look.QUIET, label);
                free = middle - wide / 2 - BETWEEN / 2;
            }
        }
    }

    double middle(int i) {
        if (inset < 0 || chart.labels().size() < 2) {
            return left + slot * (i + 0.5);
        }
        return left + inset + (right - left - 2 * inset) * i / (chart.labels().size() - 1);
    }

    double y(double value) {
        return top + (bottom - top) * (1 - axis.share(value));
    }
}

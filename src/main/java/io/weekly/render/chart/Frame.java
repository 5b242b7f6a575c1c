package io.weekly.render.chart;

import io.weekly.render.text.Letters;
import java.util.List;

/** What charts along an x axis share: where they stand in their drawing, a quiet grid, and labels that neither overlap nor leave it. */
final class Frame {
    private static final double LONGEST_LABEL = 110;
    private static final double BETWEEN = 8;
    /** From here on a slot is wide enough to shorten a name to it rather than to skip every second one. */
    private static final double SLOT_FOR_TEXT = 44;
    /** The room of the labels under the axis. */
    private static final double UNDER = 20;
    private static final double LEGEND_GAP = 5;
    /** How high the values are to stand before there is a legend over them. */
    private static final double LEAST = 36;
    private static final double LEAST_WITH_LABELS = 14;
    private static final double BETWEEN_TICKS = 12;

    final double left;
    final double right;
    final double top;
    final double bottom;
    final double slot;
    private final Chart chart;
    private final Axis axis;
    private final List<String> ticks;
    private final boolean scaled;
    private final boolean labelled;
    private double inset = -1;

    /**
     * {@code above}, {@code below} and {@code beside}: what the chart itself wants to write around its values. Where that leaves too little
     * to see the values in, the legend gives way, then the labels.
     */
    Frame(Chart chart, Axis axis, ChartNumbers figures, Legend legend, double above, double below, double beside) {
        this.chart = chart;
        this.axis = axis;
        this.ticks = figures.ticks(axis);
        double widest = ticks.stream().mapToDouble(tick -> Letters.width(tick, Look.SMALL, false)).max().orElse(0) + 8;
        this.scaled = !chart.isEmpty() && widest <= (chart.room().width() - beside) / 2;
        this.left = scaled ? widest : 0;
        this.right = chart.room().width() - beside;
        double high = chart.room().height();
        double rest = legend.within(high - UNDER - below - above - LEGEND_GAP - LEAST).height();
        this.top = Math.min(rest + (rest > 0 ? LEGEND_GAP : 0) + above, high / 4 + rest);
        this.labelled = high - UNDER - below - top >= LEAST_WITH_LABELS;
        this.bottom = labelled ? high - UNDER - below : Math.max(high - Math.max(4, below), high * 0.75);
        this.slot = (right - left) / Math.max(1, chart.labels().size());
    }

    /** For lines: the first and the last point stand near the edges, where bars would leave half a slot. */
    Frame fromEdgeToEdge(double inset) {
        this.inset = Math.min(inset, (right - left) / 4);
        return this;
    }

    void grid(Svg svg, Look look) {
        if (chart.isEmpty()) {
            double middle = Math.min((top + bottom) / 2, chart.room().height() - 2);
            svg.line(0, bottom, right, bottom, Look.ZERO, 1);
            svg.text(chart.room().width() / 2, middle, "middle", 11, false, Look.QUIET,
                    Letters.fit(look.word("chart_empty"), 11, false, chart.room().width()));
            return;
        }
        List<Double> values = axis.ticks();
        int every = (int) Math.ceil(BETWEEN_TICKS * (values.size() - 1) / Math.max(1, bottom - top) - 1e-6);
        long base = axis.from() > 0 ? 0 : Math.round(-axis.from() / axis.step()); // zero is one of those that are shown
        for (int i = (int) (base % Math.max(1, every)); i < values.size(); i += Math.max(1, every)) {
            boolean zero = Math.abs(values.get(i)) < axis.step() / 1000;
            double y = y(values.get(i));
            svg.line(left, y, right, y, zero ? Look.ZERO : Look.GRID, zero ? 1 : 0.75);
            if (scaled && y >= 4 && y <= chart.room().height() - 4) {
                svg.text(left - 7, y + 3.5, "end", Look.SMALL, false, Look.QUIET, ticks.get(i));
            }
        }
    }

    /** From the last one backwards, since the last is the one that people look for. */
    void labels(Svg svg) {
        if (chart.isEmpty() || !labelled) {
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

    double tall() {
        return bottom - top;
    }

    double y(double value) {
        return top + (bottom - top) * (1 - axis.share(value));
    }
}

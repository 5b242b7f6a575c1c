package io.weekly.render.chart;

import io.weekly.render.text.FontMetrics;
import java.util.List;

/**
 * The area of a chart with an x axis where its values are drawn: its position, the grid, and the labels, which neither overlap nor leave
 * the drawing.
 */
final class PlotArea {
    private static final double MAX_LABEL_WIDTH = 110;
    private static final double LABEL_GAP = 8;
    /** In px. In a slot that is at least this wide, a long label is shortened; in a smaller one, labels are skipped. */
    private static final double MIN_SLOT_FOR_TEXT = 44;
    /** In px, for the labels below the axis. */
    private static final double LABEL_HEIGHT = 20;
    private static final double LEGEND_GAP = 5;
    /** In px. A legend is shown only if this much height is left for the values. */
    private static final double MIN_HEIGHT = 36;
    private static final double MIN_HEIGHT_WITH_LABELS = 14;
    private static final double MIN_TICK_DISTANCE = 12;

    final double left;
    final double right;
    final double top;
    final double bottom;
    final double slot;
    private final Chart chart;
    private final Axis axis;
    private final List<String> ticks;
    private final boolean showsTicks;
    private final boolean showsLabels;
    private double inset = -1;

    /**
     * {@code above}, {@code below} and {@code beside} are the px that the chart needs for texts around its values. If too little is left
     * for the values, the legend is left out first, and then the labels.
     */
    PlotArea(Chart chart, Axis axis, ChartNumbers figures, Legend legend, double above, double below, double beside) {
        this.chart = chart;
        this.axis = axis;
        this.ticks = figures.ticks(axis);
        double widest = ticks.stream().mapToDouble(tick -> FontMetrics.width(tick, ChartStyle.SMALL_FONT, false)).max().orElse(0) + 8;
        this.showsTicks = !chart.isEmpty() && widest <= (chart.size().width() - beside) / 2;
        this.left = showsTicks ? widest : 0;
        this.right = chart.size().width() - beside;
        double height = chart.size().height();
        double legendHeight = legend.within(height - LABEL_HEIGHT - below - above - LEGEND_GAP - MIN_HEIGHT).height();
        this.top = Math.min(legendHeight + (legendHeight > 0 ? LEGEND_GAP : 0) + above, height / 4 + legendHeight);
        this.showsLabels = height - LABEL_HEIGHT - below - top >= MIN_HEIGHT_WITH_LABELS;
        this.bottom = showsLabels ? height - LABEL_HEIGHT - below : Math.max(height - Math.max(4, below), height * 0.75);
        this.slot = (right - left) / Math.max(1, chart.labels().size());
    }

    /** For lines: the first and the last point stand near the edges. Bars leave half a slot there. */
    PlotArea fromEdgeToEdge(double inset) {
        this.inset = Math.min(inset, (right - left) / 4);
        return this;
    }

    void grid(Svg svg, ChartStyle style) {
        if (chart.isEmpty()) {
            double middle = Math.min((top + bottom) / 2, chart.size().height() - 2);
            svg.line(0, bottom, right, bottom, ChartStyle.ZERO_LINE, 1);
            svg.text(chart.size().width() / 2, middle, "middle", 11, false, ChartStyle.QUIET_TEXT,
                    FontMetrics.fit(style.message("chart_empty"), 11, false, chart.size().width()));
            return;
        }
        List<Double> values = axis.ticks();
        int step = (int) Math.ceil(MIN_TICK_DISTANCE * (values.size() - 1) / Math.max(1, bottom - top) - 1e-6);
        long zeroTick = axis.from() > 0 ? 0 : Math.round(-axis.from() / axis.step()); // zero is always among the ticks that are shown
        for (int i = (int) (zeroTick % Math.max(1, step)); i < values.size(); i += Math.max(1, step)) {
            boolean zero = Math.abs(values.get(i)) < axis.step() / 1000;
            double y = y(values.get(i));
            svg.line(left, y, right, y, zero ? ChartStyle.ZERO_LINE : ChartStyle.GRID_LINE, zero ? 1 : 0.75);
            if (showsTicks && y >= 4 && y <= chart.size().height() - 4) {
                svg.text(left - 7, y + 3.5, "end", ChartStyle.SMALL_FONT, false, ChartStyle.QUIET_TEXT, ticks.get(i));
            }
        }
    }

    /** Starts with the last label, which readers look for first. */
    void labels(Svg svg) {
        if (chart.isEmpty() || !showsLabels) {
            return;
        }
        double longest = chart.labels().stream()
                .mapToDouble(label -> FontMetrics.width(label, ChartStyle.SMALL_FONT, false)).max().orElse(0);
        double maxWidth = Math.min(longest, !chart.dates() && slot >= MIN_SLOT_FOR_TEXT ? slot - LABEL_GAP : MAX_LABEL_WIDTH);
        int step = Math.max(1, (int) Math.ceil((maxWidth + LABEL_GAP) / slot - 1e-6));
        double free = chart.size().width();
        for (int i = chart.labels().size() - 1; i >= 0; i -= step) {
            String label = FontMetrics.fit(chart.labels().get(i), ChartStyle.SMALL_FONT, false, Math.min(maxWidth + 0.5, free));
            double width = FontMetrics.width(label, ChartStyle.SMALL_FONT, false);
            double middle = Math.max(width / 2, Math.min(middle(i), chart.size().width() - width / 2));
            if (!label.isEmpty() && middle + width / 2 <= free + 0.01) {
                svg.text(middle, chart.size().height() - 5, "middle", ChartStyle.SMALL_FONT, false, ChartStyle.QUIET_TEXT, label);
                free = middle - width / 2 - LABEL_GAP / 2;
            }
        }
    }

    double middle(int i) {
        if (inset < 0 || chart.labels().size() < 2) {
            return left + slot * (i + 0.5);
        }
        return left + inset + (right - left - 2 * inset) * i / (chart.labels().size() - 1);
    }

    double height() {
        return bottom - top;
    }

    double y(double value) {
        return top + (bottom - top) * (1 - axis.share(value));
    }
}

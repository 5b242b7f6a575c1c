package io.weekly.render.chart;

import io.weekly.render.brand.Palette;
import io.weekly.render.chart.Chart.Kind;
import io.weekly.render.chart.Chart.Series;
import io.weekly.render.text.FontMetrics;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One or several lines. The last value stands at the end of each line. If there are several series, the name of the series stands there
 * too, so no legend is needed. A missing value leaves a gap in the line. The comparison is a second, paler line. A trend has a filled area
 * below its line.
 */
final class LineChart {
    private static final double FONT_SIZE = 10;
    private static final double LINE_HEIGHT = 12.5;
    private static final double INSET = 9;
    private static final double MIN_NAME_WIDTH = 40;
    /** In px. Points that stand closer together are not marked. */
    private static final double MIN_SLOT_FOR_POINTS = 18;

    private record EndLabel(double x, double y, double value, String text, String colour, boolean bold) {}

    private final Chart chart;
    private final ChartStyle style;
    private final Legend legend;
    private final Axis axis;
    private final PlotArea plot;
    private final double labelWidth;

    LineChart(Chart chart, ChartStyle style) {
        this.chart = chart;
        this.style = style;
        boolean single = chart.series().size() == 1;
        this.legend = new Legend(chart.size().width());
        if (single && !chart.isEmpty()) {
            legend.add(style.legend(), style.brand().graphic()).add(chart.compares() ? style.compareLegend() : "", style.brand().soft());
        }
        int steps = chart.size().height() < 150 ? 3 : 4;
        this.axis = chart.kind() == Kind.trend ? Axis.of(chart.values(), steps) : Axis.close(chart.values(), steps);
        double widest = 0;
        for (int s = 0; s < chart.series().size(); s++) {
            String text = chart.isEmpty() ? "" : text(s);
            widest = Math.max(widest, FontMetrics.width(text, FONT_SIZE, true));
        }
        this.labelWidth = chart.isEmpty() ? 0 : widest + 4;
        this.plot = new PlotArea(chart, axis, style.numbers(), legend, 8, 0, labelWidth).fromEdgeToEdge(INSET);
    }

    String draw() {
        Svg svg = style.svg("chart", chart.size().width(), chart.size().height(), chart);
        legend.draw(svg);
        plot.grid(svg, style);
        plot.labels(svg);
        if (chart.isEmpty()) {
            return svg.toString();
        }
        Series compare = chart.compare();
        if (compare != null && compare.hasValues()) {
            line(svg, compare, style.brand().soft(), 1.5);
        }
        for (int s = chart.series().size() - 1; s >= 0; s--) {
            line(svg, chart.series().get(s), style.palette().colour(s), s < Palette.SIZE ? 2 : 1.25);
        }
        ends(svg);
        return svg.toString();
    }

    private void line(Svg svg, Series series, String colour, double width) {
        List<double[]> points = new ArrayList<>();
        for (int i = 0; i <= series.values().size(); i++) {
            Double value = i < series.values().size() ? series.values().get(i) : null;
            if (value != null) {
                points.add(new double[] {plot.middle(i), plot.y(value)});
            } else {
                unbroken(svg, List.copyOf(points), colour, width);
                points.clear();
            }
        }
    }

    private void unbroken(Svg svg, List<double[]> points, String colour, double width) {
        if (points.isEmpty()) {
            return;
        }
        if (chart.kind() == Kind.trend && width >= 2 && points.size() > 1) {
            List<double[]> area = new ArrayList<>(points);
            area.add(new double[] {points.getLast()[0], plot.y(0)});
            area.add(new double[] {points.getFirst()[0], plot.y(0)});
            svg.area(area, style.brand().tint());
        }
        svg.polyline(points, colour, width);
        boolean marked = plot.slot >= MIN_SLOT_FOR_POINTS && width >= 2 && chart.series().size() == 1;
        for (double[] point : marked || points.size() == 1 ? points : List.<double[]>of()) {
            svg.circle(point[0], point[1], points.size() == 1 ? width : 2.5, "#ffffff", colour, 1.5);
        }
    }

    /**
     * Writes the names and last values at the ends of the lines. They move apart if they would overlap. If there is not enough space, the
     * largest values are shown.
     */
    private void ends(Svg svg) {
        List<EndLabel> ends = new ArrayList<>();
        for (int s = 0; s < chart.series().size(); s++) {
            List<@Nullable Double> values = chart.series().get(s).values();
            int last = values.size() - 1;
            while (last >= 0 && values.get(last) == null) {
                last--;
            }
            Double value = last < 0 ? null : values.get(last);
            if (value != null) {
                String colour = style.palette().colour(s);
                double y = plot.y(value);
                svg.circle(plot.middle(last), y, s < Palette.SIZE ? 3.5 : 2, colour, "#ffffff", 1);
                if (!text(s).isEmpty()) {
                    ends.add(new EndLabel(plot.right + 3, y, value, text(s), Palette.ink(colour), s < Palette.SIZE));
                }
            }
        }
        double lowest = plot.bottom - 4;
        int places = (int) Math.floor((lowest - Math.max(4, plot.top - 4)) / LINE_HEIGHT + 1);
        ends.sort(Comparator.comparingDouble((EndLabel end) -> Math.abs(end.value)).reversed());
        List<EndLabel> shown = new ArrayList<>(ends.subList(0, Math.clamp(places, 0, ends.size())));
        shown.sort(Comparator.comparingDouble(EndLabel::y));
        double[] y = apart(shown, lowest);
        for (int i = 0; i < shown.size(); i++) {
            EndLabel end = shown.get(i);
            svg.text(end.x, y[i] + 3.5, "start", FONT_SIZE, end.bold, end.colour, end.text);
        }
    }

    /** The labels fit between the top of the plot area and {@code lowest}. */
    private static double[] apart(List<EndLabel> ends, double lowest) {
        double[] y = ends.stream().mapToDouble(EndLabel::y).toArray();
        for (int i = 1; i < y.length; i++) {
            y[i] = Math.max(y[i], y[i - 1] + LINE_HEIGHT);
        }
        double free = lowest;
        for (int i = y.length - 1; i >= 0; i--) {
            y[i] = Math.min(y[i], free);
            free = y[i] - LINE_HEIGHT;
        }
        return y;
    }

    private String text(int s) {
        Series series = chart.series().get(s);
        Double last = series.values().stream().flatMap(Stream::ofNullable).reduce((_, later) -> later).orElse(null);
        if (last == null) {
            return "";
        }
        String value = style.numbers().of(last);
        double maxWidth = chart.size().width() * 0.4;
        double valueWidth = FontMetrics.width(" " + value, FONT_SIZE, true);
        if (chart.series().size() == 1) {
            return valueWidth <= maxWidth ? value : "";
        }
        double space = Math.min(chart.size().width() * 0.3, 170);
        return MIN_NAME_WIDTH + valueWidth <= maxWidth
                ? (FontMetrics.fit(series.name(), FONT_SIZE, true, Math.max(MIN_NAME_WIDTH, space - valueWidth)) + " " + value).strip()
                : FontMetrics.fit(series.name(), FONT_SIZE, true, space);
    }
}

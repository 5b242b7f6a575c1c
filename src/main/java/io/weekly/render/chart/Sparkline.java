package io.weekly.render.chart;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A small line without axes that stands in a line of text. The last value is marked with a point. */
final class Sparkline {
    private static final double EDGE = 2.5;

    private final Chart chart;
    private final ChartStyle style;
    private final List<@Nullable Double> values;
    private final double low;
    private final double high;

    Sparkline(Chart chart, ChartStyle style) {
        this.chart = chart;
        this.style = style;
        this.values = chart.series().getFirst().values();
        this.low = Chart.present(values).mapToDouble(value -> value).min().orElse(0);
        this.high = Chart.present(values).mapToDouble(value -> value).max().orElse(0);
    }

    String draw() {
        Svg svg = style.svg(Svg.INLINE, chart.size().width(), chart.size().height(), chart);
        List<double[]> points = new ArrayList<>();
        double @Nullable [] last = null;
        for (int i = 0; i <= values.size(); i++) {
            Double value = i < values.size() ? values.get(i) : null;
            if (value != null) {
                last = new double[] {x(i), y(value)};
                points.add(last);
            } else {
                if (points.size() > 1) {
                    svg.polyline(List.copyOf(points), style.brand().graphic(), 1.25);
                } else if (points.size() == 1) {
                    svg.circle(points.getFirst()[0], points.getFirst()[1], 0.75, style.brand().graphic(), style.brand().graphic(), 0.5);
                }
                points.clear();
            }
        }
        if (last != null) {
            svg.circle(last[0], last[1], 2, style.brand().graphic(), style.brand().graphic(), 0.5);
        }
        return svg.toString();
    }

    private double x(int i) {
        double width = chart.size().width() - 2 * EDGE;
        return values.size() < 2 ? EDGE + width : EDGE + width * i / (values.size() - 1);
    }

    private double y(double value) {
        double height = chart.size().height() - 2 * EDGE;
        return EDGE + (high == low ? height / 2 : height * (1 - (value / 2 - low / 2) / (high / 2 - low / 2)));
    }
}

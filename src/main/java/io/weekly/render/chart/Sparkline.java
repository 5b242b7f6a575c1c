package io.weekly.render.chart;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** A line as high as the text around it, without axes, its last point marked. It stands on the text's baseline. */
final class Sparkline {
    private static final double EDGE = 2.5;

    private final Chart chart;
    private final Look look;
    private final List<Double> values;
    private final double low;
    private final double high;

    Sparkline(Chart chart, Look look) {
        this.chart = chart;
        this.look = look;
        this.values = chart.series().getFirst().values();
        this.low = values.stream().filter(Objects::nonNull).mapToDouble(value -> value).min().orElse(0);
        this.high = values.stream().filter(Objects::nonNull).mapToDouble(value -> value).max().orElse(0);
    }

    String draw() {
        Svg svg = look.svg(Svg.INLINE, chart.room().width(), chart.room().height(), chart);
        List<double[]> run = new ArrayList<>();
        double[] last = null;
        for (int i = 0; i <= values.size(); i++) {
            if (i < values.size() && values.get(i) != null) {
                last = new double[] {x(i), y(values.get(i))};
                run.add(last);
            } else {
                if (run.size() > 1) {
                    svg.polyline(List.copyOf(run), look.brand().graphic(), 1.25);
                } else if (run.size() == 1) {
                    svg.circle(run.getFirst()[0], run.getFirst()[1], 0.75, look.brand().graphic(), look.brand().graphic(), 0.5);
                }
                run.clear();
            }
        }
        if (last != null) {
            svg.circle(last[0], last[1], 2, look.brand().graphic(), look.brand().graphic(), 0.5);
        }
        return svg.toString();
    }

    private double x(int i) {
        double wide = chart.room().width() - 2 * EDGE;
        return values.size() < 2 ? EDGE + wide : EDGE + wide * i / (values.size() - 1);
    }

    private double y(double value) {
        double tall = chart.room().height() - 2 * EDGE;
        return EDGE + (high == low ? tall / 2 : tall * (1 - (value / 2 - low / 2) / (high / 2 - low / 2)));
    }
}

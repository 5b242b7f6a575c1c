package io.weekly.render.chart;

import io.weekly.render.chart.Chart.Series;
import io.weekly.render.text.Letters;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** A bar for each label, made of the series one upon the other: what is positive upwards from zero, what is negative downwards. */
final class StackedChart {
    private static final double SIZE = 9;

    private final Chart chart;
    private final Look look;
    private final List<Series> series;
    private final Legend legend;
    private final boolean labelled;
    private final Frame frame;

    StackedChart(Chart chart, Look look) {
        this.chart = chart;
        this.look = look;
        this.series = chart.series();
        this.legend = new Legend(chart.room().width());
        for (int i = 0; i < series.size() && !chart.isEmpty(); i++) {
            legend.add(series.get(i).name(), look.palette().colour(i));
        }
        List<Double> ends = new ArrayList<>();
        double widest = 0;
        for (int i = 0; i < chart.labels().size(); i++) {
            ends.add(sum(i, 1));
            ends.add(sum(i, -1));
            widest = Math.max(widest, Letters.width(label(sum(i, 1)), SIZE, true));
        }
        Axis axis = Axis.of(ends, chart.room().height() < 150 ? 3 : 4);
        Frame bare = new Frame(chart, axis, look.figures(), legend, 6, 0, 0);
        this.labelled = widest <= bare.slot - 4 && bare.tall() >= BarChart.LEAST_FOR_VALUES && ends.stream().allMatch(end -> end >= 0);
        this.frame = labelled ? new Frame(chart, axis, look.figures(), legend, 14, 0, 0) : bare;
    }

    String draw() {
        Svg svg = look.svg("chart", chart.room().width(), chart.room().height(), chart);
        legend.draw(svg);
        frame.grid(svg, look);
        for (int i = 0; i < chart.labels().size() && !chart.isEmpty(); i++) {
            stack(svg, i, 1);
            stack(svg, i, -1);
            double total = sum(i, 1);
            if (labelled && total > 0) {
                svg.text(frame.middle(i), frame.y(total) - 4, "middle", SIZE, true, Look.INK, label(total));
            }
        }
        frame.labels(svg);
        return svg.toString();
    }

    private void stack(Svg svg, int i, int sign) {
        double thick = Math.min(54, frame.slot * 0.64);
        double reached = 0;
        for (int s = 0; s < series.size(); s++) {
            Double value = series.get(s).values().get(i);
            if (value != null && value * sign > 0) {
                double from = frame.y(reached);
                reached += value;
                double to = frame.y(reached);
                double high = Math.abs(to - from);
                double gap = high > 3 ? 0.75 : 0; // a hair of white between neighbours, where there is room for it
                double top = Math.min(from, to) + (sign > 0 ? 0 : gap);
                svg.rect(frame.middle(i) - thick / 2, top, thick, high - gap, look.palette().colour(s));
            }
        }
    }

    private double sum(int i, int sign) {
        return series.stream().map(one -> one.values().get(i)).filter(Objects::nonNull).mapToDouble(value -> value)
                .filter(value -> value * sign > 0).sum();
    }

    private String label(double value) {
        return look.figures().of(value);
    }
}

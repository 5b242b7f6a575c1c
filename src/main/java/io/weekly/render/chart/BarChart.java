package io.weekly.render.chart;

import io.weekly.render.text.Letters;
import java.util.List;
import java.util.Objects;

/** A bar for each label, beside the paler one that it is compared with. Negative values hang below the zero line. */
final class BarChart {
    private static final double SIZE = 9;
    /** Where bars are lower than that, no values stand over them. */
    static final double LEAST_FOR_VALUES = 50;

    private final Chart chart;
    private final Look look;
    private final List<Double> values;
    private final Legend legend;
    private final boolean labelled;
    private final Frame frame;

    BarChart(Chart chart, Look look) {
        this.chart = chart;
        this.look = look;
        this.values = chart.series().getFirst().values();
        this.legend = new Legend(chart.room().width()).add(chart.isEmpty() ? "" : look.legend(), look.brand().graphic())
                .add(chart.compares() ? look.compareLegend() : "", look.brand().soft());
        double widest = values.stream().filter(Objects::nonNull)
                .mapToDouble(value -> Letters.width(label(value), SIZE, true)).max().orElse(0);
        Axis axis = Axis.of(chart.values(), chart.room().height() < 150 ? 3 : 4);
        boolean hanging = chart.values().stream().anyMatch(value -> value < 0);
        Frame bare = new Frame(chart, axis, look.figures(), legend, 6, 0, 0);
        this.labelled = widest <= bare.slot - 4 && bare.tall() >= LEAST_FOR_VALUES;
        this.frame = labelled ? new Frame(chart, axis, look.figures(), legend, 14, hanging ? 13 : 0, 0) : bare;
    }

    String draw() {
        Svg svg = look.svg("chart", chart.room().width(), chart.room().height(), chart);
        legend.draw(svg);
        frame.grid(svg, look);
        boolean pair = chart.compares();
        double bar = pair ? Math.min(30, frame.slot * 0.36) : Math.min(54, frame.slot * 0.64);
        double gap = Math.min(2, frame.slot * 0.03);
        for (int i = 0; i < values.size(); i++) {
            double x = pair ? frame.middle(i) - bar - gap / 2 : frame.middle(i) - bar / 2;
            bar(svg, x, bar, values.get(i), look.brand().graphic());
            if (pair) {
                bar(svg, frame.middle(i) + gap / 2, bar, chart.compare().values().get(i), look.brand().soft());
            }
        }
        if (labelled) {
            labels(svg, pair ? -(bar + gap) / 2 : 0);
        }
        frame.labels(svg);
        return svg.toString();
    }

    private void bar(Svg svg, double x, double thick, Double value, String colour) {
        if (value != null && value != 0) {
            double y = frame.y(value);
            double zero = frame.y(0);
            svg.rect(x, Math.min(y, zero), thick, Math.max(0.75, Math.abs(y - zero)), colour);
        }
    }

    /** Over their bars, unless that would run over the edge or into the neighbour. */
    private void labels(Svg svg, double beside) {
        for (int i = 0; i < values.size(); i++) {
            if (values.get(i) != null) {
                String label = label(values.get(i));
                double half = Letters.width(label, SIZE, true) / 2;
                double least = frame.middle(i) - frame.slot / 2 + half;
                double x = Math.clamp(frame.middle(i) + beside, least, Math.max(least, frame.middle(i) + frame.slot / 2 - half));
                double y = frame.y(values.get(i)) + (values.get(i) < 0 ? 11 : -4);
                svg.text(x, y, "middle", SIZE, true, look.brand().ink(), label);
            }
        }
    }

    private String label(double value) {
        return look.figures().of(value);
    }
}

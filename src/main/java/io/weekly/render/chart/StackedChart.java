package io.weekly.render.chart;

import io.weekly.render.chart.Chart.Series;
import io.weekly.render.text.FontMetrics;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** One bar for each label, with the series stacked: positive values upwards from zero, negative values downwards. */
final class StackedChart {
    private static final double FONT_SIZE = 9;

    private final Chart chart;
    private final ChartStyle style;
    private final List<Series> series;
    private final Legend legend;
    private final boolean showsValues;
    private final PlotArea plot;

    StackedChart(Chart chart, ChartStyle style) {
        this.chart = chart;
        this.style = style;
        this.series = chart.series();
        this.legend = new Legend(chart.size().width());
        for (int i = 0; i < series.size() && !chart.isEmpty(); i++) {
            legend.add(series.get(i).name(), style.palette().colour(i));
        }
        List<Double> ends = new ArrayList<>();
        double widest = 0;
        for (int i = 0; i < chart.labels().size(); i++) {
            ends.add(sum(i, 1));
            ends.add(sum(i, -1));
            widest = Math.max(widest, FontMetrics.width(label(sum(i, 1)), FONT_SIZE, true));
        }
        Axis axis = Axis.of(ends, chart.size().height() < 150 ? 3 : 4);
        PlotArea withoutValues = new PlotArea(chart, axis, style.numbers(), legend, 6, 0, 0);
        this.showsValues = widest <= withoutValues.slot - 4
                && withoutValues.height() >= BarChart.MIN_HEIGHT_FOR_VALUES
                && ends.stream().allMatch(end -> end >= 0);
        this.plot = showsValues ? new PlotArea(chart, axis, style.numbers(), legend, 14, 0, 0) : withoutValues;
    }

    String draw() {
        Svg svg = style.svg("chart", chart.size().width(), chart.size().height(), chart);
        legend.draw(svg);
        plot.grid(svg, style);
        for (int i = 0; i < chart.labels().size() && !chart.isEmpty(); i++) {
            stack(svg, i, 1);
            stack(svg, i, -1);
            double total = sum(i, 1);
            if (showsValues && total > 0) {
                svg.text(plot.middle(i), plot.y(total) - 4, "middle", FONT_SIZE, true, ChartStyle.TEXT, label(total));
            }
        }
        plot.labels(svg);
        return svg.toString();
    }

    private void stack(Svg svg, int i, int sign) {
        double width = Math.min(54, plot.slot * 0.64);
        double sum = 0;
        for (int s = 0; s < series.size(); s++) {
            Double value = series.get(s).values().get(i);
            if (value != null && value * sign > 0) {
                double from = plot.y(sum);
                sum += value;
                double to = plot.y(sum);
                double height = Math.abs(to - from);
                double gap = height > 3 ? 0.75 : 0; // a thin white line between two parts that are high enough
                double top = Math.min(from, to) + (sign > 0 ? 0 : gap);
                svg.rect(plot.middle(i) - width / 2, top, width, height - gap, style.palette().colour(s));
            }
        }
    }

    private double sum(int i, int sign) {
        return series.stream().map(one -> one.values().get(i)).flatMap(Stream::ofNullable).mapToDouble(value -> value)
                .filter(value -> value * sign > 0).sum();
    }

    private String label(double value) {
        return style.numbers().of(value);
    }
}

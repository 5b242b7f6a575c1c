package io.weekly.render.chart;

import io.weekly.render.text.FontMetrics;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One bar for each label, with a paler bar beside it for the comparison. Bars of negative values hang below the zero line. */
final class BarChart {
    private static final double FONT_SIZE = 9;
    /** In px. Values stand over the bars only if the plot area is this high. */
    static final double MIN_HEIGHT_FOR_VALUES = 50;

    private final Chart chart;
    private final ChartStyle style;
    private final List<@Nullable Double> values;
    private final Legend legend;
    private final boolean showsValues;
    private final PlotArea plot;

    BarChart(Chart chart, ChartStyle style) {
        this.chart = chart;
        this.style = style;
        this.values = chart.series().getFirst().values();
        this.legend = new Legend(chart.size().width()).add(chart.isEmpty() ? "" : style.legend(), style.brand().graphic())
                .add(chart.compares() ? style.compareLegend() : "", style.brand().soft());
        double widest = Chart.present(values)
                .mapToDouble(value -> FontMetrics.width(label(value), FONT_SIZE, true)).max().orElse(0);
        Axis axis = Axis.of(chart.values(), chart.size().height() < 150 ? 3 : 4);
        boolean hasNegative = chart.values().stream().anyMatch(value -> value < 0);
        PlotArea withoutValues = new PlotArea(chart, axis, style.numbers(), legend, 6, 0, 0);
        this.showsValues = widest <= withoutValues.slot - 4 && withoutValues.height() >= MIN_HEIGHT_FOR_VALUES;
        this.plot = showsValues ? new PlotArea(chart, axis, style.numbers(), legend, 14, hasNegative ? 13 : 0, 0) : withoutValues;
    }

    String draw() {
        Svg svg = style.svg("chart", chart.size().width(), chart.size().height(), chart);
        legend.draw(svg);
        plot.grid(svg, style);
        boolean compares = chart.compares();
        double width = compares ? Math.min(30, plot.slot * 0.36) : Math.min(54, plot.slot * 0.64);
        double gap = Math.min(2, plot.slot * 0.03);
        for (int i = 0; i < values.size(); i++) {
            double x = compares ? plot.middle(i) - width - gap / 2 : plot.middle(i) - width / 2;
            bar(svg, x, width, values.get(i), style.brand().graphic());
            if (compares) {
                bar(svg, plot.middle(i) + gap / 2, width, chart.compared(i), style.brand().soft());
            }
        }
        if (showsValues) {
            values(svg, compares ? -(width + gap) / 2 : 0);
        }
        plot.labels(svg);
        return svg.toString();
    }

    private void bar(Svg svg, double x, double width, @Nullable Double value, String colour) {
        if (value != null && value != 0) {
            double y = plot.y(value);
            double zero = plot.y(0);
            svg.rect(x, Math.min(y, zero), width, Math.max(0.75, Math.abs(y - zero)), colour);
        }
    }

    /** Writes each value over its bar, or as near to that as possible without leaving the drawing or touching the next value. */
    private void values(Svg svg, double offset) {
        for (int i = 0; i < values.size(); i++) {
            Double value = values.get(i);
            if (value != null) {
                String label = label(value);
                double half = FontMetrics.width(label, FONT_SIZE, true) / 2;
                double min = plot.middle(i) - plot.slot / 2 + half;
                double x = Math.clamp(plot.middle(i) + offset, min, Math.max(min, plot.middle(i) + plot.slot / 2 - half));
                double y = plot.y(value) + (value < 0 ? 11 : -4);
                svg.text(x, y, "middle", FONT_SIZE, true, style.brand().ink(), label);
            }
        }
    }

    private String label(double value) {
        return style.numbers().of(value);
    }
}

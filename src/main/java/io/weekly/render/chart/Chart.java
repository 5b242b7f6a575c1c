package io.weekly.render.chart;

import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * What a chart is made of: labels along the x axis and one or more series of as many values. {@code compare} is null where there is
 * nothing to compare with, a value is null where there is none; {@code reads} says how each value reads where the labels differ in that
 * (the tiles of key figures), else it is empty; {@code room} is the drawing's size in px.
 */
public record Chart(Kind kind, List<String> labels, boolean dates, List<Series> series, Series compare, List<ChartNumbers> reads, Room room) {

    public enum Kind { bars, stacked, line, trend, sparkline, donut, kpi }

    record Series(String name, List<Double> values) {
        double total() {
            return values.stream().filter(Objects::nonNull).mapToDouble(value -> value).sum();
        }

        boolean hasValues() {
            return values.stream().anyMatch(Objects::nonNull);
        }
    }

    record Room(double width, double height) {}

    /** The drawing, as inline SVG. Any data make one: none at all leaves an empty frame that says so. */
    public String draw(Look look) {
        return switch (kind) {
            case bars -> new BarChart(this, look).draw();
            case stacked -> new StackedChart(this, look).draw();
            case line, trend -> new LineChart(this, look).draw();
            case sparkline -> new Sparkline(this, look).draw();
            case donut -> new DonutChart(this, look).draw();
            case kpi -> new KpiTiles(this, look).draw();
        };
    }

    boolean isEmpty() {
        return series.stream().noneMatch(Series::hasValues);
    }

    boolean compares() {
        return compare != null && compare.hasValues();
    }

    ChartNumbers figures(int label, Look look) {
        return reads.isEmpty() ? look.figures() : reads.get(label);
    }

    /** Every value there is, of the series and of what they are compared with. */
    List<Double> values() {
        return Stream.concat(series.stream(), Stream.ofNullable(compare))
                .flatMap(one -> one.values().stream()).filter(Objects::nonNull).toList();
    }
}

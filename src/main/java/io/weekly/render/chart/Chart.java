package io.weekly.render.chart;

import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The data of a chart: labels along the x axis, and one or more series with a value for each label.
 *
 * @param dates whether all labels are days, which are never shortened
 * @param series one at least; a value is null where the data have none
 * @param compare what the first series is compared with; null if there is no comparison
 * @param numbersOfLabels how to write the value of each label, if labels differ (tiles of key figures); else empty
 * @param size of the drawing in px
 */
public record Chart(
        Kind kind, List<String> labels, boolean dates, List<Series> series, @Nullable Series compare,
        List<ChartNumbers> numbersOfLabels, Size size) {

    /** The kinds of charts, by their names in a template. */
    public enum Kind { bars, stacked, line, trend, sparkline, donut, kpi }

    record Series(String name, List<@Nullable Double> values) {
        double total() {
            return values.stream().filter(Objects::nonNull).mapToDouble(value -> value).sum();
        }

        /** @throws IllegalStateException if this label has no value */
        double value(int label) {
            Double value = values.get(label);
            if (value == null) {
                throw new IllegalStateException(name + " has no value at " + label);
            }
            return value;
        }

        boolean hasValues() {
            return values.stream().anyMatch(Objects::nonNull);
        }
    }

    record Size(double width, double height) {}

    /** Draws the chart as inline SVG. Any data make a drawing: without values it is an empty plot area that says so. */
    public String draw(ChartStyle style) {
        return switch (kind) {
            case bars -> new BarChart(this, style).draw();
            case stacked -> new StackedChart(this, style).draw();
            case line, trend -> new LineChart(this, style).draw();
            case sparkline -> new Sparkline(this, style).draw();
            case donut -> new DonutChart(this, style).draw();
            case kpi -> new KpiTiles(this, style).draw();
        };
    }

    boolean isEmpty() {
        return series.stream().noneMatch(Series::hasValues);
    }

    boolean compares() {
        return compare != null && compare.hasValues();
    }

    /** The value that this label is compared with; null if there is none. */
    @Nullable Double compared(int label) {
        return compare == null ? null : compare.values().get(label);
    }

    ChartNumbers numbers(int label, ChartStyle style) {
        return numbersOfLabels.isEmpty() ? style.numbers() : numbersOfLabels.get(label);
    }

    /** All values of the series and of the comparison, without the missing ones. */
    List<Double> values() {
        return Stream.concat(series.stream(), Stream.ofNullable(compare)).flatMap(one -> present(one.values())).toList();
    }

    static Stream<Double> present(List<@Nullable Double> values) {
        return values.stream().flatMap(Stream::ofNullable);
    }
}

package io.weekly.render.chart;

import static java.util.Comparator.comparing;

import io.weekly.render.chart.Chart.Kind;
import io.weekly.render.chart.Chart.Series;
import io.weekly.text.Ellipsis;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Describes a chart in words, for readers who cannot see it: its kind, the range of its labels and its most important values. */
final class ChartText {
    private static final int MAX_NAME_LENGTH = 60;
    private static final int MAX_NAMES = 12;

    private final Chart chart;
    private final ChartStyle style;

    ChartText(Chart chart, ChartStyle style) {
        this.chart = chart;
        this.style = style;
    }

    @Override
    public String toString() {
        String kind = style.message("chart_" + (chart.kind() == Kind.trend ? Kind.line : chart.kind()));
        if (chart.isEmpty()) {
            return style.message("chart_no_values", kind);
        }
        return switch (chart.kind()) {
            case donut, kpi -> style.message("chart_summary", kind, parts());
            case bars, sparkline -> oneSeries(kind, chart.series().getFirst());
            case stacked, line, trend -> chart.series().size() == 1 ? oneSeries(kind, chart.series().getFirst()) : manySeries(kind);
        };
    }

    private String oneSeries(String kind, Series series) {
        List<Integer> present = new ArrayList<>();
        for (int i = 0; i < series.values().size(); i++) {
            if (series.values().get(i) != null) {
                present.add(i);
            }
        }
        if (present.size() < 2) {
            return present.isEmpty()
                    ? style.message("chart_no_values", kind)
                    : style.message("chart_summary", kind, at(series, present.getFirst()));
        }
        int lowest = Collections.min(present, comparing(series::value));
        int highest = Collections.max(present, comparing(series::value));
        String first = label(present.getFirst());
        if (first.isEmpty()) {
            return style.message(
                    "chart_values", kind, present.size(), at(series, lowest), at(series, highest), at(series, present.getLast()));
        }
        return style.message("chart_range", kind, present.size(), first, label(present.getLast()), at(series, lowest), at(series, highest),
                at(series, present.getLast()));
    }

    private String manySeries(String kind) {
        boolean sums = chart.kind() == Kind.stacked;
        String each = chart.series().stream().filter(Series::hasValues).limit(MAX_NAMES)
                .map(series -> name(series.name()) + " " + figure(sums ? series.total() : last(series)))
                .collect(Collectors.joining("; "));
        String range = label(0) + " – " + label(chart.labels().size() - 1);
        return style.message(sums ? "chart_totals" : "chart_last_values", kind, range, each);
    }

    /** Name and value of each label. */
    private String parts() {
        List<String> parts = new ArrayList<>();
        List<@Nullable Double> values = chart.series().getFirst().values();
        for (int i = 0; i < values.size() && parts.size() < MAX_NAMES; i++) {
            Double value = values.get(i);
            if (value != null) {
                Double before = chart.compared(i);
                String change = before == null ? "" : " (" + style.numbers().formats().change(value, before) + ")";
                parts.add(label(i) + " " + chart.numbers(i, style).of(value) + change);
            }
        }
        return String.join("; ", parts) + (values.size() > MAX_NAMES ? "; …" : "");
    }

    private String at(Series series, int i) {
        String figure = figure(series.value(i));
        return label(i).isEmpty() ? figure : figure + " (" + label(i) + ")";
    }

    private static double last(Series series) {
        return Chart.present(series.values()).reduce((_, later) -> later).orElseThrow();
    }

    private String figure(double value) {
        return style.numbers().of(value);
    }

    private String label(int i) {
        return name(chart.labels().get(i));
    }

    private static String name(String name) {
        return Ellipsis.shorten(name, MAX_NAME_LENGTH);
    }
}

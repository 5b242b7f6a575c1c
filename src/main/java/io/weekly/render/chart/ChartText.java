package io.weekly.render.chart;

import io.weekly.render.chart.Chart.Kind;
import io.weekly.render.chart.Chart.Series;
import io.weekly.text.Ellipsis;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** A chart in words, for who does not see it: what it is, from where to where, and the figures that a look at it would tell first. */
final class ChartText {
    private static final int MAX_NAME_LENGTH = 60;
    private static final int MOST = 12;

    private final Chart chart;
    private final ChartStyle look;

    ChartText(Chart chart, ChartStyle look) {
        this.chart = chart;
        this.look = look;
    }

    @Override
    public String toString() {
        String kind = look.word("chart_" + (chart.kind() == Kind.trend ? Kind.line : chart.kind()));
        if (chart.isEmpty()) {
            return look.word("chart_none", kind);
        }
        return switch (chart.kind()) {
            case donut, kpi -> look.word("chart_told", kind, parts());
            case bars, sparkline -> oneSeries(kind, chart.series().getFirst());
            case stacked, line, trend -> chart.series().size() == 1 ? oneSeries(kind, chart.series().getFirst()) : manySeries(kind);
        };
    }

    private String oneSeries(String kind, Series series) {
        List<Integer> known = new ArrayList<>();
        for (int i = 0; i < series.values().size(); i++) {
            if (series.values().get(i) != null) {
                known.add(i);
            }
        }
        if (known.size() < 2) {
            return known.isEmpty() ? look.word("chart_none", kind) : look.word("chart_told", kind, at(series, known.getFirst()));
        }
        int lowest = known.stream().min((a, b) -> Double.compare(series.values().get(a), series.values().get(b))).orElseThrow();
        int highest = known.stream().max((a, b) -> Double.compare(series.values().get(a), series.values().get(b))).orElseThrow();
        String first = label(known.getFirst());
        if (first.isEmpty()) {
            return look.word("chart_values", kind, known.size(), at(series, lowest), at(series, highest), at(series, known.getLast()));
        }
        return look.word("chart_range", kind, known.size(), first, label(known.getLast()), at(series, lowest), at(series, highest),
                at(series, known.getLast()));
    }

    private String manySeries(String kind) {
        boolean sums = chart.kind() == Kind.stacked;
        String each = chart.series().stream().filter(Series::hasValues).limit(MOST)
                .map(series -> name(series.name()) + " " + figure(sums ? series.total() : last(series)))
                .collect(Collectors.joining("; "));
        String range = label(0) + " – " + label(chart.labels().size() - 1);
        return look.word(sums ? "chart_totals" : "chart_lasts", kind, range, each);
    }

    /** One name and figure after the other. */
    private String parts() {
        List<String> parts = new ArrayList<>();
        List<Double> values = chart.series().getFirst().values();
        for (int i = 0; i < values.size() && parts.size() < MOST; i++) {
            if (values.get(i) != null) {
                Double before = chart.compare() == null ? null : chart.compare().values().get(i);
                String change = before == null ? "" : " (" + look.figures().formats().change(values.get(i), before) + ")";
                parts.add(label(i) + " " + chart.figures(i, look).of(values.get(i)) + change);
            }
        }
        return String.join("; ", parts) + (values.size() > MOST ? "; …" : "");
    }

    private String at(Series series, int i) {
        String figure = figure(series.values().get(i));
        return label(i).isEmpty() ? figure : figure + " (" + label(i) + ")";
    }

    private static double last(Series series) {
        return series.values().stream().filter(value -> value != null).reduce((_, later) -> later).orElseThrow();
    }

    private String figure(double value) {
        return look.figures().of(value);
    }

    private String label(int i) {
        return name(chart.labels().get(i));
    }

    private static String name(String name) {
        return Ellipsis.shorten(name, MAX_NAME_LENGTH);
    }
}

package io.weekly.render.chart;

import io.weekly.render.chart.Chart.Kind;
import io.weekly.render.chart.Chart.Series;
import io.weekly.render.chart.Chart.Size;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Turns the rows of a dataset into a chart: its labels and series, read from the columns that the tag names. */
public final class ChartRows {
    private final ChartAttributes attributes;
    private final ChartStyle style;
    private final Kind kind;
    private final ChartCells cells;

    public ChartRows(ChartAttributes attributes, ChartStyle style) {
        this.attributes = attributes;
        this.style = style;
        this.kind = Kind.valueOf(attributes.text("type"));
        this.cells = new ChartCells(attributes, style, kind);
    }

    /** @throws IllegalArgumentException if the data do not fit the tag; the message says why */
    public Chart chart() {
        Object data = attributes.get("data");
        if (kind == Kind.sparkline && data instanceof String list) {
            List<@Nullable Double> values = ChartValues.parse(list);
            return chart(Collections.nCopies(values.size(), ""), false, List.of(new Series("", values)));
        }
        if (!(data instanceof List<?> list)) {
            throw new IllegalArgumentException("the chart's data are not rows of a dataset: " + data);
        }
        List<Map<?, ?>> rows = list.stream().<Map<?, ?>>map(row -> (Map<?, ?>) row).toList();
        List.of("x", "y", "series", "compare").forEach(attribute -> cells.check(rows, attribute));
        return switch (kind) {
            case donut -> shares(rows);
            case stacked, line, trend -> attributes.has("series") ? manySeries(rows) : oneSeries(rows);
            default -> oneSeries(rows);
        };
    }

    private Chart oneSeries(List<Map<?, ?>> rows) {
        Series series = new Series(style.legend(), column(rows, "y"));
        Series compare = attributes.has("compare") ? new Series(style.compareLegend(), column(rows, "compare")) : null;
        List<ChartNumbers> numbers = kind == Kind.kpi ? rows.stream().map(this::numbers).toList() : List.of();
        return new Chart(kind, rows.stream().map(cells::label).toList(), cells.haveDays(rows), List.of(series), compare, numbers, size());
    }

    private List<@Nullable Double> column(List<Map<?, ?>> rows, String attribute) {
        List<@Nullable Double> values = new ArrayList<>();
        rows.forEach(row -> values.add(cells.number(row, attribute)));
        return Collections.unmodifiableList(values);
    }

    /** Key figures differ in what they measure: a row may have its own format and currency, in columns of these names. */
    private ChartNumbers numbers(Map<?, ?> row) {
        ChartNumbers usual = style.numbers();
        String currency = text(row, "currency");
        String format = text(row, "format");
        boolean own = !currency.isEmpty() || !format.isEmpty();
        return own ? ChartNumbers.of(usual.formats(), format, currency.isEmpty() ? usual.currency() : currency) : usual;
    }

    private static String text(Map<?, ?> row, String column) {
        Object value = row.get(column);
        return value == null ? "" : value.toString();
    }

    private Chart manySeries(List<Map<?, ?>> rows) {
        SeriesRows series = new SeriesRows(rows, cells, style.message("other"));
        return chart(series.labels(), cells.haveDays(rows), series.series());
    }

    private Chart shares(List<Map<?, ?>> rows) {
        DonutShares shares = new DonutShares(rows, cells, style.message("other"), DonutChart.maxRows(size().height()));
        return chart(shares.names(), false, List.of(new Series("", shares.values())));
    }

    private Chart chart(List<String> labels, boolean dates, List<Series> series) {
        return new Chart(kind, labels, dates, series, null, List.of(), size());
    }

    private Size size() {
        double width = attributes.size("width", kind == Kind.sparkline ? 96 : 656);
        double height = attributes.size("height", kind == Kind.sparkline ? 16 : kind == Kind.donut ? DonutChart.HEIGHT : 190);
        return new Size(width, height);
    }
}

package io.weekly.render.chart;

import io.weekly.render.chart.Chart.Kind;
import io.weekly.render.text.DateTimeText;
import io.weekly.render.text.Formats;
import io.weekly.render.text.MessageText;
import io.weekly.text.ControlCharacters;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.format.TextStyle;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads the columns that a chart's tag names from the rows of its dataset. */
final class ChartCells {
    private static final Pattern TECHNICAL_NAME = Pattern.compile("[a-z][a-z0-9_]*");

    private final ChartAttributes attributes;
    private final ChartStyle style;
    private final Kind kind;

    ChartCells(ChartAttributes attributes, ChartStyle style, Kind kind) {
        this.attributes = attributes;
        this.style = style;
        this.kind = kind;
    }

    /** @throws IllegalArgumentException if the rows do not have the column that this attribute names */
    void check(List<Map<?, ?>> rows, String attribute) {
        String column = attributes.text(attribute);
        if (attributes.has(attribute) && !rows.isEmpty() && !rows.getFirst().containsKey(column)) {
            throw new IllegalArgumentException("the chart's data have no column " + column + ", only " + rows.getFirst().keySet());
        }
    }

    /** The value of the column that {@code x} names, which tells the labels apart. */
    String labelKey(Map<?, ?> row) {
        return String.valueOf(row.get(attributes.text("x")));
    }

    /** The label of a row, as the reader sees it. */
    String label(Map<?, ?> row) {
        Object value = row.get(attributes.text("x"));
        LocalDate day = day(value);
        if (day == null) {
            return name(value);
        }
        Formats formats = style.numbers().formats();
        return switch (attributes.text("label")) {
            case "weekday" -> formats.dates().weekday(day.getDayOfWeek(), TextStyle.SHORT_STANDALONE);
            case "week" -> style.message("chart_week", formats.dates().week(day));
            default -> formats.dates().shortDate(day);
        };
    }

    /** Whether every label is a day. */
    boolean haveDays(List<Map<?, ?>> rows) {
        return rows.stream().allMatch(row -> day(row.get(attributes.text("x"))) != null);
    }

    /** The name of the series that a row belongs to. */
    String series(Map<?, ?> row) {
        return name(row.get(attributes.text("series")));
    }

    /** @throws IllegalArgumentException if the column holds something other than a number or NULL */
    @Nullable Double number(Map<?, ?> row, String attribute) {
        return switch (row.get(attributes.text(attribute))) {
            case null -> null;
            case Number number -> ChartValues.usable(number.doubleValue());
            case Object other -> throw new IllegalArgumentException(
                    "the chart's column " + attributes.text(attribute) + " holds no number: " + other);
        };
    }

    /**
     * The message of that name ({@code metric_revenue}), else the name, on one line, because a text of an SVG has no more. Tiles of key
     * figures write {@code net_sales} as "Net sales".
     */
    private String name(@Nullable Object value) {
        String line = value == null ? "" : ControlCharacters.oneLine(DateTimeText.ofValue(value));
        String name = line.isBlank() ? "–" : line;
        if (style.messages().get("metric_" + name) instanceof String message) {
            return message;
        }
        return kind == Kind.kpi && TECHNICAL_NAME.matcher(name).matches() ? MessageText.label(name, name, Map.of()) : name;
    }

    private static @Nullable LocalDate day(@Nullable Object value) {
        return switch (value) {
            case LocalDate day -> day;
            case LocalDateTime time -> time.toLocalDate();
            case null, default -> null;
        };
    }
}

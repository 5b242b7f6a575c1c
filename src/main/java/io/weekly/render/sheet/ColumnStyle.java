package io.weekly.render.sheet;

import io.weekly.render.text.DateTimeText;
import io.weekly.render.text.Formats;
import java.math.BigDecimal;
import java.time.LocalDateTime;
import java.time.temporal.Temporal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The look of a column in a sheet.
 *
 * @param pattern the number format of Excel
 * @param namedPatterns patterns by the labels of a row, if the values decide: orders have no decimals, revenue has two
 * @param width in characters, for the first {@value #SAMPLED_ROWS} rows
 */
record ColumnStyle(String pattern, Map<List<@Nullable Object>, String> namedPatterns, double width) {
    private static final int SAMPLED_ROWS = 1_000;
    private static final int MIN_WIDTH = 8;
    private static final int MAX_WIDTH = 60;
    /** Extra width of the heading, for the arrow of the filter. */
    private static final int FILTER_ARROW = 3;

    static List<ColumnStyle> of(Table table, Optional<String> currency) {
        return table.columns().stream().map(column -> of(table, column, currency)).toList();
    }

    private static ColumnStyle of(Table table, Table.Column column, Optional<String> currency) {
        List<@Nullable Object> values = new ArrayList<>();
        table.rows().stream().limit(SAMPLED_ROWS).forEach(row -> values.add(table.shown(column, row)));
        var pattern = column.format().map(format -> format.pattern(currency)).orElseGet(() -> byValues(values));
        Map<List<@Nullable Object>, String> namedPatterns = column.format().isPresent() ? Map.of() : byLabels(table, column);
        int decimals = pattern.length() - pattern.indexOf('0') - 1;
        int widest = values.stream().mapToInt(value -> width(value, decimals)).max().orElse(0);
        int currencyWidth = pattern.startsWith("[") ? 4 : 0;
        int width = Math.max(widest + currencyWidth + 2, column.heading().length() + FILTER_ARROW);
        return new ColumnStyle(pattern, namedPatterns, Math.clamp(width, MIN_WIDTH, MAX_WIDTH));
    }

    private static Map<List<@Nullable Object>, String> byLabels(Table table, Table.Column column) {
        Map<List<@Nullable Object>, List<@Nullable Object>> values = new HashMap<>();
        for (var row : table.rows().subList(0, Math.min(SAMPLED_ROWS, table.rows().size()))) {
            values.computeIfAbsent(labels(table, row), _ -> new ArrayList<>()).add(row.get(column.name()));
        }
        Map<List<@Nullable Object>, String> patterns = new HashMap<>();
        for (Map.Entry<List<@Nullable Object>, List<@Nullable Object>> entry : values.entrySet()) {
            patterns.put(entry.getKey(), byValues(entry.getValue()));
        }
        return patterns;
    }

    /** The labels of a row, such as {@code metric}: they say what its numbers measure. */
    private static List<@Nullable Object> labels(Table table, Map<String, ? extends @Nullable Object> row) {
        List<@Nullable Object> labels = new ArrayList<>();
        table.columns().stream()
                .filter(column -> column.format().equals(Optional.of(ColumnFormat.LABEL)))
                .forEach(column -> labels.add(row.get(column.name())));
        return labels;
    }

    /** The pattern for the number of this row. */
    String pattern(Table table, Map<String, ? extends @Nullable Object> row) {
        return namedPatterns.isEmpty() ? pattern : namedPatterns.getOrDefault(labels(table, row), pattern);
    }

    /** Without decimals if all values are whole, else with two, or with four if a value has more than two. */
    private static String byValues(List<@Nullable Object> values) {
        int scale = 0;
        for (var value : values) {
            if (value instanceof BigDecimal number) {
                scale = Math.max(scale, number.stripTrailingZeros().scale());
            }
        }
        return scale == 0 ? "#,##0" : scale <= 2 ? "#,##0.00" : "#,##0.0000";
    }

    private static int width(@Nullable Object value, int decimals) {
        return switch (value) {
            case null -> 0;
            case Number number -> {
                int whole = Math.max(1, Formats.exact(number).precision() - Formats.exact(number).scale());
                yield Math.min(whole, MAX_WIDTH) * 4 / 3 + Math.max(0, decimals) + 1;
            }
            case LocalDateTime time -> DateTimeText.of(time).length();
            case Temporal _ -> 10;
            default -> value.toString().lines().mapToInt(String::length).max().orElse(0);
        };
    }
}

package io.weekly.render.sheet;

import io.weekly.render.text.Formats;
import java.math.BigDecimal;
import java.time.LocalDateTime;
import java.time.temporal.Temporal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * How a column of a sheet looks: the pattern of its numbers, and a width in characters that its first rows fit into, within reason.
 *
 * @param named where the values decide, the patterns by the names of the rows: orders have no decimals beside revenue that has some
 */
record ColumnLook(String pattern, Map<List<Object>, String> named, double width) {
    private static final int ROWS_LOOKED_AT = 1_000;
    private static final int NARROWEST = 8;
    private static final int WIDEST = 60;
    /** The arrow of the filter stands in the heading. */
    private static final int ARROW = 3;

    static List<ColumnLook> of(Table table, Optional<String> currency) {
        return table.columns().stream().map(column -> of(table, column, currency)).toList();
    }

    private static ColumnLook of(Table table, Table.Column column, Optional<String> currency) {
        var values = table.rows().stream().limit(ROWS_LOOKED_AT).map(row -> table.shown(column, row)).toList();
        var pattern = column.format().map(format -> format.pattern(currency)).orElseGet(() -> byValues(values));
        Map<List<Object>, String> named = column.format().isPresent() ? Map.of() : byNames(table, column);
        int decimals = pattern.length() - pattern.indexOf('0') - 1;
        int widest = values.stream().mapToInt(value -> width(value, decimals)).max().orElse(0);
        int currencyWidth = pattern.startsWith("[") ? 4 : 0;
        return new ColumnLook(
                pattern, named, Math.clamp(Math.max(widest + currencyWidth + 2, column.heading().length() + ARROW), NARROWEST, WIDEST));
    }

    private static Map<List<Object>, String> byNames(Table table, Table.Column column) {
        var values = new HashMap<List<Object>, List<Object>>();
        for (var row : table.rows().subList(0, Math.min(ROWS_LOOKED_AT, table.rows().size()))) {
            values.computeIfAbsent(names(table, row), _ -> new ArrayList<>()).add(row.get(column.name()));
        }
        var named = new HashMap<List<Object>, String>();
        values.forEach((names, ofThem) -> named.put(names, byValues(ofThem)));
        return named;
    }

    /** What tells what the figures of a row are of: its columns that messages translate, such as {@code metric}. */
    private static List<Object> names(Table table, Map<String, Object> row) {
        return table.columns().stream()
                .filter(column -> column.format().equals(Optional.of(ColumnFormat.LABEL)))
                .map(column -> row.get(column.name()))
                .collect(Collectors.toList());
    }

    /** Of the numbers of this row. */
    String pattern(Table table, Map<String, Object> row) {
        return named.isEmpty() ? pattern : named.getOrDefault(names(table, row), pattern);
    }

    /** Whole where all of the values are, else with so many decimals as they have, of which more than four tell nothing. */
    private static String byValues(List<Object> values) {
        int scale = 0;
        for (var value : values) {
            if (value instanceof BigDecimal number) {
                scale = Math.max(scale, number.stripTrailingZeros().scale());
            }
        }
        return scale == 0 ? "#,##0" : scale <= 2 ? "#,##0.00" : "#,##0.0000";
    }

    private static int width(Object value, int decimals) {
        return switch (value) {
            case null -> 0;
            case Number number -> {
                int whole = Math.max(1, Formats.exact(number).precision() - Formats.exact(number).scale());
                yield Math.min(whole, WIDEST) * 4 / 3 + Math.max(0, decimals) + 1;
            }
            case LocalDateTime _ -> 19;
            case Temporal _ -> 10;
            default -> value.toString().lines().mapToInt(String::length).max().orElse(0);
        };
    }
}

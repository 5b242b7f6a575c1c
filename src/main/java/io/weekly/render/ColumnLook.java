package io.weekly.render;

import java.math.BigDecimal;
import java.time.LocalDateTime;
import java.time.temporal.Temporal;
import java.util.List;
import java.util.Optional;

/** How a column of a sheet looks: the pattern of its numbers, and a width in characters that its first rows fit into, within reason. */
record ColumnLook(String pattern, double width) {
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
        int decimals = pattern.length() - pattern.indexOf('0') - 1;
        int widest = values.stream().mapToInt(value -> width(value, decimals)).max().orElse(0);
        int currencyWidth = pattern.startsWith("[") ? 4 : 0;
        return new ColumnLook(
                pattern, Math.clamp(Math.max(widest + currencyWidth + 2, column.heading().length() + ARROW), NARROWEST, WIDEST));
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

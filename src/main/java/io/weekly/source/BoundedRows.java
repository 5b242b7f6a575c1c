package io.weekly.source;

import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.data.Numeric;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collector;
import org.jspecify.annotations.Nullable;

/**
 * Collects the rows of a result, up to a number of rows and a size in memory. It drops the rows above these limits, so no result can fill
 * the memory. A session setting makes the server send at most one row more than the limit. But the server ignores this setting if the
 * statement has its own {@code LIMIT}, and it has no limit for bytes.
 */
final class BoundedRows {

    private static final int ROW_BYTES = 64;
    private static final int VALUE_BYTES = 64;

    private final int limit;
    private final long maxBytes;
    private final Runnable onExcess;
    private final List<Map<String, Object>> rows = new ArrayList<>();
    private String @Nullable [] columns;
    private @Nullable String duplicateColumn;
    private long received;
    private long bytes;

    /**
     * @param limit the largest number of rows
     * @param maxBytes the largest size of all rows in memory, roughly
     * @param onExcess called once, when the server sends much more than allowed: it ends the statement
     */
    BoundedRows(int limit, long maxBytes, Runnable onExcess) {
        this.limit = limit;
        this.maxBytes = maxBytes;
        this.onExcess = onExcess;
    }

    /** The collector for one execution of the statement. */
    Collector<Row, BoundedRows, BoundedRows> collector() {
        return Collector.of(() -> this, BoundedRows::add, (one, _) -> one, Collector.Characteristics.IDENTITY_FINISH);
    }

    private void add(Row row) {
        if (areTooLarge()) {
            return;
        }
        received++;
        if (received <= limit) {
            rows.add(values(row));
            if (areTooLarge()) {
                rows.clear();
                onExcess.run();
            }
        } else if (received == limit + 1) {
            rows.clear();
        } else if (received == limit + 2) {
            onExcess.run();
        }
    }

    boolean areTooMany() {
        return received > limit;
    }

    boolean areTooLarge() {
        return bytes > maxBytes;
    }

    List<Map<String, Object>> rows() {
        return Collections.unmodifiableList(rows);
    }

    /** A name that two columns share. A row can hold only one of them. */
    Optional<String> duplicateColumn() {
        return Optional.ofNullable(duplicateColumn);
    }

    /** The size of the rows in memory, roughly. */
    long bytes() {
        return bytes;
    }

    private Map<String, Object> values(Row row) {
        var names = columns == null ? columns = names(row) : columns;
        var values = LinkedHashMap.<String, Object>newLinkedHashMap(names.length);
        bytes += ROW_BYTES;
        for (var i = 0; i < names.length; i++) {
            var value = plain(row.getValue(i));
            values.put(names[i], value);
            bytes += VALUE_BYTES + (value instanceof String text ? text.length() : 0);
        }
        return Collections.unmodifiableMap(values);
    }

    private String[] names(Row row) {
        var names = new String[row.size()];
        for (var i = 0; i < names.length; i++) {
            names[i] = row.getColumnName(i).toLowerCase(Locale.ROOT);
            duplicateColumn = Arrays.asList(names).subList(0, i).contains(names[i]) ? names[i] : duplicateColumn;
        }
        return names;
    }

    /** Converts a value to one of the few types that templates know. */
    private static @Nullable Object plain(@Nullable Object value) {
        return switch (value) {
            case null -> null;
            case Numeric number -> number.isNaN() ? null : number.bigDecimalValue();
            case Double number -> BigDecimal.valueOf(number);
            case Float number -> new BigDecimal(number.toString());
            case Byte number -> number.longValue();
            case Short number -> number.longValue();
            case Integer number -> number.longValue();
            case Boolean flag -> flag ? 1L : 0L;
            case Duration time -> clock(time);
            case Long _, BigDecimal _, String _, LocalDate _, LocalDateTime _ -> value;
            default -> value.toString();
        };
    }

    /** Writes a TIME as the server does, without trailing zeros: {@code 12:34:56}, {@code -838:59:59}, {@code 00:00:07.25}. */
    private static String clock(Duration time) {
        var length = time.abs();
        var whole = String.format(Locale.ROOT, "%s%02d:%02d:%02d",
                time.isNegative() ? "-" : "", length.toHours(), length.toMinutesPart(), length.toSecondsPart());
        return length.getNano() == 0 ? whole : whole + String.format(Locale.ROOT, ".%06d", length.getNano() / 1000).replaceFirst("0+$", "");
    }
}

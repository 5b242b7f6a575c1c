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

/**
 * The rows of a result as they come, up to its limits. What is above them is dropped, so that no result fills the memory: the server was
 * told to send one row more than the limit, and sends more than that one only where the statement has a {@code LIMIT} of its own. How
 * large a row is it cannot be told.
 */
final class FirstRows {

    private static final int ROW_BYTES = 64;
    private static final int VALUE_BYTES = 64;

    private final int limit;
    private final long mostBytes;
    private final Runnable sendsMore;
    private final List<Map<String, Object>> rows = new ArrayList<>();
    private String[] columns;
    private String twice;
    private long came;
    private long bytes;

    /** @param sendsMore called once, when the server sends more than it was told, or than there is room for */
    FirstRows(int limit, long mostBytes, Runnable sendsMore) {
        this.limit = limit;
        this.mostBytes = mostBytes;
        this.sendsMore = sendsMore;
    }

    /** One for each execution. */
    Collector<Row, FirstRows, FirstRows> collector() {
        return Collector.of(() -> this, FirstRows::add, (one, other) -> one, Collector.Characteristics.IDENTITY_FINISH);
    }

    private void add(Row row) {
        if (areTooLarge()) {
            return;
        }
        came++;
        if (came <= limit) {
            rows.add(values(row));
            if (areTooLarge()) {
                rows.clear();
                sendsMore.run();
            }
        } else if (came == limit + 1) {
            rows.clear();
        } else if (came == limit + 2) {
            sendsMore.run();
        }
    }

    boolean areTooMany() {
        return came > limit;
    }

    boolean areTooLarge() {
        return bytes > mostBytes;
    }

    List<Map<String, Object>> rows() {
        return Collections.unmodifiableList(rows);
    }

    /** A name that two columns have: a row knows one of them only. */
    Optional<String> twice() {
        return Optional.ofNullable(twice);
    }

    /** Roughly, in memory. */
    long bytes() {
        return bytes;
    }

    private Map<String, Object> values(Row row) {
        if (columns == null) {
            columns = new String[row.size()];
            for (var i = 0; i < columns.length; i++) {
                var name = row.getColumnName(i).toLowerCase(Locale.ROOT);
                twice = Arrays.asList(columns).subList(0, i).contains(name) ? name : twice;
                columns[i] = name;
            }
        }
        var values = LinkedHashMap.<String, Object>newLinkedHashMap(columns.length);
        bytes += ROW_BYTES;
        for (var i = 0; i < columns.length; i++) {
            var value = plain(row.getValue(i));
            values.put(columns[i], value);
            bytes += VALUE_BYTES + (value instanceof String text ? text.length() : 0);
        }
        return Collections.unmodifiableMap(values);
    }

    /** The few types that templates know, whichever the server and its client chose. */
    private static Object plain(Object value) {
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

    /** {@code 12:34:56}, {@code -838:59:59}, {@code 00:00:07.25}: as the server writes a TIME, with the fraction that there is. */
    private static String clock(Duration time) {
        var length = time.abs();
        var whole = String.format(Locale.ROOT, "%s%02d:%02d:%02d",
                time.isNegative() ? "-" : "", length.toHours(), length.toMinutesPart(), length.toSecondsPart());
        return length.getNano() == 0 ? whole : whole + String.format(Locale.ROOT, ".%06d", length.getNano() / 1000).replaceFirst("0+$", "");
    }
}

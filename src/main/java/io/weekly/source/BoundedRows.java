package io.weekly.source;

import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.Row;
import io.weekly.database.ColumnType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntFunction;
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
    private final IntFunction<ColumnType> types;
    private final Runnable onExcess;
    private final Set<String> years = new HashSet<>();
    private final List<Map<String, Object>> rows = new ArrayList<>();
    private String @Nullable [] columns;
    private @Nullable String duplicateColumn;
    private long received;
    private long bytes;

    /**
     * @param limit the largest number of rows
     * @param maxBytes the largest size of all rows in memory, roughly
     * @param types the type of each column, once rows arrive
     * @param onExcess called once, when the server sends much more than allowed: it ends the statement
     */
    BoundedRows(int limit, long maxBytes, IntFunction<ColumnType> types, Runnable onExcess) {
        this.limit = limit;
        this.maxBytes = maxBytes;
        this.types = types;
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

    /** How many rows the client returned, while the rows were not too large. */
    long received() {
        return received;
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

    /** The names of the columns of the type YEAR; empty if there is no row. */
    Set<String> years() {
        return Set.copyOf(years);
    }

    /** The size of the rows in memory, roughly. */
    long bytes() {
        return bytes;
    }

    private Map<String, Object> values(Row row) {
        var names = columns == null ? columns = names(row) : columns;
        var values = LinkedHashMap.<String, Object>newLinkedHashMap(names.length);
        bytes += ROW_BYTES;
        for (var i = 0; i < names.length && !areTooLarge(); i++) {
            values.put(names[i], value(i, names[i], row));
        }
        return Collections.unmodifiableMap(values);
    }

    private @Nullable Object value(int column, String name, Row row) {
        try {
            var raw = row.getValue(column);
            bytes += VALUE_BYTES;
            // Counted before it is converted: as text, binary data are twice as long or longer.
            if (raw instanceof Buffer binary && bytes + 2L * binary.length() > maxBytes) {
                bytes = maxBytes + 1;
                return null;
            }
            var value = ColumnValue.of(types.apply(column), raw);
            bytes += value instanceof String text ? text.length() : 0;
            return value;
        } catch (RuntimeException e) {
            throw new UnreadableValueException(name, e);
        }
    }

    private String[] names(Row row) {
        var names = new String[row.size()];
        for (var i = 0; i < names.length; i++) {
            names[i] = row.getColumnName(i).toLowerCase(Locale.ROOT);
            if (types.apply(i) == ColumnType.YEAR) {
                years.add(names[i]);
            }
            duplicateColumn = Arrays.asList(names).subList(0, i).contains(names[i]) ? names[i] : duplicateColumn;
        }
        return names;
    }
}

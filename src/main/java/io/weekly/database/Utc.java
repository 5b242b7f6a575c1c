package io.weekly.database;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/** Times for SQL: instants as {@code DATETIME(6)} columns, which are UTC with microseconds, and durations in microseconds. */
@SuppressWarnings("NullAway") // the result is null only if the argument is, which the annotations cannot express
public final class Utc {

    private Utc() {}

    /** The value of the column; null for null. */
    public static LocalDateTime column(@Nullable Instant instant) {
        return instant == null
                ? null
                : LocalDateTime.ofInstant(instant, ZoneOffset.UTC).truncatedTo(ChronoUnit.MICROS);
    }

    /** The instant of a column; null for null. */
    public static Instant instant(@Nullable LocalDateTime column) {
        return column == null ? null : column.toInstant(ZoneOffset.UTC);
    }

    /** A duration for {@code INTERVAL ? MICROSECOND}. */
    public static long micros(Duration duration) {
        return duration.toNanos() / 1000;
    }
}

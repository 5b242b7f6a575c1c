package io.weekly.database;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/** Converts instants to {@code DATETIME(6)} columns and back: UTC, truncated to microseconds. Null stays null. */
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
}

package io.weekly.api.http;

import io.weekly.report.Period;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;

/** Query parameters that narrow a list. An empty one is absent; one that can match nothing, whatever is stored, is a 400. */
public final class Filters {

    /** An id of ours, as it stands in filters and cursors. */
    public static final Pattern ID = Pattern.compile("[0-9a-f]{32}");

    private static final Instant EARLIEST = Instant.parse("1000-01-01T00:00:00Z");
    private static final Instant LATEST = Instant.parse("9999-12-31T00:00:00Z");

    private Filters() {}

    /** The text, or null where it is absent. */
    public static String text(String value) {
        return value == null || value.isEmpty() ? null : value;
    }

    /** An id of ours, or null where it is absent. */
    public static String id(String name, String value) {
        return word(name, value, text -> Optional.of(text).filter(id -> ID.matcher(id).matches()));
    }

    /** An ISO week, or null where it is absent. */
    public static String period(String name, String value) {
        return word(name, value, text -> {
            try {
                return Optional.of(Period.parse(text).toString());
            } catch (IllegalArgumentException e) {
                return Optional.empty();
            }
        });
    }

    /** A moment, or null where it is absent. One that no row can have is refused as well: the database cannot hold it. */
    public static Instant instant(String name, String value) {
        return word(name, value, text -> {
            try {
                return Optional.of(Instant.parse(text)).filter(it -> !it.isBefore(EARLIEST) && it.isBefore(LATEST));
            } catch (DateTimeParseException e) {
                return Optional.empty();
            }
        });
    }

    /** One of a few words, or null where it is absent. */
    public static <T> T word(String name, String value, Function<String, Optional<T>> known) {
        if (text(value) == null) {
            return null;
        }
        return known.apply(value).orElseThrow(() -> ProblemException.badRequest("%s has no such value.".formatted(name)));
    }
}

package io.weekly.api.http;

import io.weekly.report.Period;
import io.weekly.tenant.constraint.Identifier;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads the query parameters that filter a list. An empty parameter counts as absent. A value that can never match is a 400. */
public final class Filters {

    /** The form of an id in filters and cursors. */
    public static final Pattern ID = Pattern.compile("[0-9a-f]{32}");

    private static final Instant EARLIEST = Instant.parse("1000-01-01T00:00:00Z");
    private static final Instant LATEST = Instant.parse("9999-12-31T00:00:00Z");

    /** As in an audience. */
    private static final int MAX_TAGS = 20;

    private static final int MAX_TAG_LENGTH = 64;
    private static final Pattern TAG = Pattern.compile(Identifier.FORM);

    private Filters() {}

    /** The text; null if it is absent. */
    public static @Nullable String text(@Nullable String value) {
        return value == null || value.isEmpty() ? null : value;
    }

    /** An id; null if it is absent. */
    public static @Nullable String id(String name, @Nullable String value) {
        return word(name, value, text -> Optional.of(text).filter(id -> ID.matcher(id).matches()));
    }

    /** An ISO week; null if it is absent. */
    public static @Nullable String period(String name, @Nullable String value) {
        return word(name, value, text -> {
            try {
                return Optional.of(Period.parse(text).toString());
            } catch (Period.NoSuchWeekException e) {
                throw ProblemException.badRequest("%s: %s.".formatted(name, e.getMessage()));
            } catch (IllegalArgumentException e) {
                return Optional.empty();
            }
        });
    }

    /** The tags of an audience, separated by commas; empty if it is absent. */
    public static List<String> tags(String name, @Nullable String value) {
        if (value == null || value.isEmpty()) {
            return List.of();
        }
        var tags = List.of(value.split(",", -1));
        if (!areTags(tags)) {
            throw ProblemException.badRequest("%s must be 1 to %d tags of 1 to %d characters, separated by commas without blanks."
                    .formatted(name, MAX_TAGS, MAX_TAG_LENGTH));
        }
        return tags.stream().distinct().toList();
    }

    private static boolean areTags(List<String> tags) {
        return tags.size() <= MAX_TAGS && tags.stream()
                .allMatch(tag -> !tag.isEmpty() && tag.length() <= MAX_TAG_LENGTH && TAG.matcher(tag).matches());
    }

    /** A time; null if it is absent. A time outside of the range of the database's columns is refused. */
    public static @Nullable Instant instant(String name, @Nullable String value) {
        return word(name, value, text -> {
            try {
                return Optional.of(Instant.parse(text)).filter(it -> !it.isBefore(EARLIEST) && it.isBefore(LATEST));
            } catch (DateTimeParseException e) {
                return Optional.empty();
            }
        });
    }

    /** One of a few words; null if it is absent. */
    public static <T> @Nullable T word(String name, @Nullable String value, Function<String, Optional<T>> known) {
        if (value == null || value.isEmpty()) {
            return null;
        }
        return known.apply(value).orElseThrow(() -> ProblemException.badRequest("%s has no such value.".formatted(name)));
    }
}

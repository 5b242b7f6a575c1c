package io.weekly.database;

import java.util.Collections;

/**
 * Repeats a part of a statement for each value: the {@code ?} of an {@code IN}, or the rows of an {@code INSERT}. One {@code INSERT} of
 * many rows costs a tenth of a batch with one statement for each row.
 */
public final class Placeholders {

    private Placeholders() {}

    /** The part, such as {@code ?} or {@code (?, ?)}, {@code count} times, separated by commas. */
    public static String of(String part, int count) {
        return String.join(", ", Collections.nCopies(count, part));
    }

    /** {@code count} times {@code ?} for an {@code IN} that may have no values: then it matches nothing. */
    public static String orNone(int count) {
        return "NULL" + ", ?".repeat(count);
    }
}

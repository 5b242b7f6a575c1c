package io.weekly.database;

import java.util.Collections;

/**
 * Parts of a statement that stand there once for each value: the {@code ?} of an {@code IN}, the rows of an {@code INSERT} of many in one
 * statement, which costs a tenth of as many statements in a batch.
 */
public final class Placeholders {

    private Placeholders() {}

    /** {@code count} times the part, such as {@code ?} or {@code (?, ?)}, separated by commas. */
    public static String of(String part, int count) {
        return String.join(", ", Collections.nCopies(count, part));
    }
}

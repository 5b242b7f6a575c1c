package io.weekly.tenant;

/** The text of an {@code INSERT} of many rows in one statement, which costs a tenth of as many statements in a batch. */
final class Rows {

    private Rows() {}

    /** {@code count} times the row, such as {@code (?, ?)}, separated by commas. */
    static String of(String row, int count) {
        return (row + ", ").repeat(count - 1) + row;
    }
}

package io.weekly.render.text;

import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;
import java.util.Locale;

/**
 * Writes a DATETIME in the same way in pages, mails, CSV files and workbooks, where an author sets no format: like the database, with a
 * blank between day and time. Spreadsheets read this form as a time when they open a CSV file, but not the form with a T.
 */
public final class DateTimeText {

    private static final DateTimeFormatter FORMAT = new DateTimeFormatterBuilder()
            .appendPattern("uuuu-MM-dd HH:mm:ss")
            .appendFraction(ChronoField.NANO_OF_SECOND, 0, 9, true)
            .toFormatter(Locale.ROOT);

    private DateTimeText() {}

    /** {@code 2026-11-16 06:30:00}. Decimals of the second follow if there are any: {@code 2026-11-16 06:30:00.25}. */
    public static String of(LocalDateTime time) {
        return FORMAT.format(time);
    }

    /** The text of any value of the data, in which a time has this form. */
    public static String ofValue(Object value) {
        return value instanceof LocalDateTime time ? of(time) : value.toString();
    }
}

package io.weekly.source;

import io.vertx.core.buffer.Buffer;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Reads a day or a moment from the bytes of the protocol. A server can store days that no calendar has: {@code 2026-11-00} for "some day in
 * November", or {@code 2026-02-30} with the mode ALLOW_INVALID_DATES. Such a value becomes a text, as the server writes it. The day
 * {@code 0000-00-00} stands for "no day", so it becomes null.
 */
final class ServerDate {

    private static final int DAY_BYTES = 4;
    private static final int SECOND_BYTES = 7;
    private static final int MICROSECOND_BYTES = 11;

    private ServerDate() {}

    /** A LocalDate, a String or null. */
    static @Nullable Object day(Buffer bytes) {
        return bytes.length() == 0 ? null : exists(bytes) ? date(bytes) : dayText(bytes);
    }

    /** A LocalDateTime, a String or null. The server leaves out the time if it is midnight. */
    static @Nullable Object moment(Buffer bytes) {
        if (bytes.length() == 0) {
            return null;
        }
        var timed = bytes.length() >= SECOND_BYTES;
        var hour = timed ? bytes.getUnsignedByte(4) : 0;
        var minute = timed ? bytes.getUnsignedByte(5) : 0;
        var second = timed ? bytes.getUnsignedByte(6) : 0;
        var micros = bytes.length() == MICROSECOND_BYTES ? bytes.getIntLE(SECOND_BYTES) : 0;
        return exists(bytes)
                ? date(bytes).atTime(hour, minute, second, micros * 1000)
                : String.format(Locale.ROOT, "%s %02d:%02d:%02d%s", dayText(bytes), hour, minute, second, fraction(micros));
    }

    private static boolean exists(Buffer bytes) {
        if (bytes.length() != DAY_BYTES && bytes.length() != SECOND_BYTES && bytes.length() != MICROSECOND_BYTES) {
            throw new IllegalArgumentException("the server sent a date of " + bytes.length() + " bytes");
        }
        return month(bytes) >= 1 && month(bytes) <= 12 && YearMonth.of(year(bytes), month(bytes)).isValidDay(dayOfMonth(bytes));
    }

    private static LocalDate date(Buffer bytes) {
        return LocalDate.of(year(bytes), month(bytes), dayOfMonth(bytes));
    }

    private static String dayText(Buffer bytes) {
        return String.format(Locale.ROOT, "%04d-%02d-%02d", year(bytes), month(bytes), dayOfMonth(bytes));
    }

    private static int year(Buffer bytes) {
        return bytes.getUnsignedShortLE(0);
    }

    private static int month(Buffer bytes) {
        return bytes.getUnsignedByte(2);
    }

    private static int dayOfMonth(Buffer bytes) {
        return bytes.getUnsignedByte(3);
    }

    /** The decimals of a second, without trailing zeros: {@code .25}; empty if there are none. */
    static String fraction(int micros) {
        return micros == 0 ? "" : String.format(Locale.ROOT, ".%06d", micros).replaceFirst("0+$", "");
    }
}

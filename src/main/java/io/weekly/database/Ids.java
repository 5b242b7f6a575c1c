package io.weekly.database;

import java.security.SecureRandom;
import java.time.Clock;
import java.util.HexFormat;
import java.util.regex.Pattern;

/**
 * Ids of things that are seen outside: UUIDv7 (RFC 9562, section 5.7) as 32 lower-case hex digits, {@code BINARY(16)} in the
 * database, written {@code UNHEX(?)} and read {@code LOWER(HEX(id))}, which both servers' clients answer with a string. Their first 48 bits
 * are the time in milliseconds, so that a key in their order is in order of creation.
 */
public final class Ids {

    /** What stands in a key where there is no id: a run without a schedule, a report that belongs to a run. */
    public static final String NONE = "0".repeat(32);

    private static final Pattern ID = Pattern.compile("[0-9a-f]{32}");
    private static final SecureRandom RANDOM = new SecureRandom();

    private Ids() {}

    /** A new id, as of now. */
    public static String next(Clock clock) {
        var random = new byte[10];
        RANDOM.nextBytes(random);
        random[0] = (byte) (0x70 | random[0] & 0x0f);
        random[2] = (byte) (0x80 | random[2] & 0x3f);
        return time(clock) + HexFormat.of().formatHex(random);
    }

    /** The twelve hex digits that start every id made now; for ids that are made by an {@code INSERT … SELECT}. */
    public static String time(Clock clock) {
        return HexFormat.of().toHexDigits(clock.millis(), 12);
    }

    /** Whether the text has the form of an id. What has not cannot name anything: a 404, not an error. */
    public static boolean isId(String text) {
        return text != null && ID.matcher(text).matches();
    }
}

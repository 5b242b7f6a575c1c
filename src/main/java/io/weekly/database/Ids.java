package io.weekly.database;

import java.security.SecureRandom;
import java.time.Clock;
import java.util.HexFormat;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Ids that the API shows: UUIDv7 (RFC 9562, section 5.7) as 32 lower-case hex digits. The database stores them as {@code BINARY(16)}: write
 * {@code UNHEX(?)} and read {@code LOWER(HEX(id))}. The first 48 bits are the time in milliseconds, so ids sort by creation.
 */
public final class Ids {

    /** The value of a key column without an id: the schedule of a manual run, for example. Smaller than every id. */
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

    /** The first twelve hex digits of an id created now, for ids that an {@code INSERT … SELECT} creates. */
    public static String time(Clock clock) {
        return HexFormat.of().toHexDigits(clock.millis(), 12);
    }

    /** Whether the text has the form of an id. A text of another form cannot name anything, so the response is a 404. */
    public static boolean isId(@Nullable String text) {
        return text != null && ID.matcher(text).matches();
    }
}

package io.weekly.definition;

import java.time.Duration;
import java.util.Locale;

/** Writes durations as people do in a configuration: {@code 20s}, {@code 1h30m}. */
public final class DurationText {

    private DurationText() {}

    /** {@code PT20S} is {@code 20s}. */
    public static String of(Duration duration) {
        return duration.toString().substring(2).toLowerCase(Locale.ROOT);
    }
}

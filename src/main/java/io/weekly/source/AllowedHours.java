package io.weekly.source;

import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.zone.ZoneOffsetTransition;
import java.util.Comparator;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.eclipse.microprofile.config.spi.Converter;

/**
 * The hours of the day in which the datasets of runs may be read, to spare the platform's database at other times.
 *
 * @param from the local time when they start
 * @param to the local time when they end; it may be after midnight
 * @param zone the time zone of both
 */
public record AllowedHours(LocalTime from, LocalTime to, ZoneId zone) {

    private static final Pattern TEXT = Pattern.compile("(\\d\\d:\\d\\d)\\s*-\\s*(\\d\\d:\\d\\d)(?:\\s+(\\S+))?");
    /** How far to search for the next opening. A zone may skip the hours on one day, and may even skip the whole next day. */
    private static final int MAX_DAYS = 4;

    /** Parses {@code 20:00-06:00 Europe/Vienna}. Without a zone the hours are in UTC. */
    public static AllowedHours of(String text) {
        var parts = TEXT.matcher(text.strip());
        if (!parts.matches()) {
            throw unreadable(text);
        }
        try {
            var zone = parts.group(3) == null ? ZoneOffset.UTC : ZoneId.of(parts.group(3));
            return new AllowedHours(LocalTime.parse(parts.group(1)), LocalTime.parse(parts.group(2)), zone);
        } catch (DateTimeException e) {
            throw unreadable(text);
        }
    }

    private static IllegalArgumentException unreadable(String text) {
        return new IllegalArgumentException(
                "'%s' is not a range of hours: write it like 20:00-06:00 or 20:00-06:00 Europe/Vienna".formatted(text));
    }

    public AllowedHours {
        if (from.equals(to)) {
            throw new IllegalArgumentException("%s-%s is an empty range of hours: leave it out to read at any hour".formatted(from, to));
        }
    }

    /** Reads the hours from the configuration. Without a converter, Quarkus would find {@link #of} but hide its error message. */
    @RegisterForReflection // the configuration creates it by its name
    public static final class Reader implements Converter<AllowedHours> {
        @Override
        public AllowedHours convert(String text) {
            return of(text);
        }
    }

    /** Whether reading is allowed at this moment. */
    boolean areOpen(Instant now) {
        var time = now.atZone(zone).toLocalTime();
        return from.isBefore(to) ? !time.isBefore(from) && time.isBefore(to) : !time.isBefore(from) || time.isBefore(to);
    }

    /** How long until reading is allowed; zero if it is allowed now. */
    public Duration untilOpen(Instant now) {
        return areOpen(now) ? Duration.ZERO : Duration.between(now, nextOpening(now));
    }

    /**
     * The hours open when the clocks show their start. When the clocks change, that happens twice or never on a day, or the change itself
     * may open them.
     */
    private Instant nextOpening(Instant now) {
        var today = LocalDate.ofInstant(now, zone);
        var starts = today.datesUntil(today.plusDays(MAX_DAYS)).map(day -> day.atTime(from)).flatMap(start ->
                zone.getRules().getValidOffsets(start).stream().map(start::toInstant));
        var changes = Stream.iterate(
                        zone.getRules().nextTransition(now),
                        change -> change != null && change.getInstant().isBefore(now.plus(Duration.ofDays(MAX_DAYS))),
                        change -> zone.getRules().nextTransition(change.getInstant()))
                .map(ZoneOffsetTransition::getInstant);
        return Stream.concat(starts, changes)
                .filter(moment -> moment.isAfter(now) && areOpen(moment))
                .min(Comparator.naturalOrder())
                .orElseThrow(() -> new IllegalStateException("%s do not open within %d days after %s".formatted(this, MAX_DAYS, now)));
    }
}

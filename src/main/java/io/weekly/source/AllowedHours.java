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
 * The hours of the day, by the clocks of a zone, in which the platform can bear that datasets are read in bulk: from one local time up to
 * another, which may be past midnight.
 */
public record AllowedHours(LocalTime from, LocalTime to, ZoneId zone) {

    private static final Pattern TEXT = Pattern.compile("(\\d\\d:\\d\\d)\\s*-\\s*(\\d\\d:\\d\\d)(?:\\s+(\\S+))?");
    /** Longer than any hours stay closed, though a zone may skip them on one day and the whole of the next. */
    private static final int DAYS = 4;

    /** {@code 20:00-06:00 Europe/Vienna}; without a zone they are UTC. */
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
                "'%s' is no span of hours: it has to be such as 20:00-06:00, or 20:00-06:00 Europe/Vienna".formatted(text));
    }

    public AllowedHours {
        if (from.equals(to)) {
            throw new IllegalArgumentException("%s-%s is no span of hours: leave it out to read at any hour".formatted(from, to));
        }
    }

    /** How the configuration reads them; a static method it would find by itself, and say nothing of what was wrong. */
    @RegisterForReflection // made by the configuration by its name
    public static final class Reader implements Converter<AllowedHours> {
        @Override
        public AllowedHours convert(String text) {
            return of(text);
        }
    }

    /** Whether they are now. */
    boolean areOpen(Instant now) {
        var time = now.atZone(zone).toLocalTime();
        return from.isBefore(to) ? !time.isBefore(from) && time.isBefore(to) : !time.isBefore(from) || time.isBefore(to);
    }

    /** How long until they are; zero where they are now. */
    public Duration untilOpen(Instant now) {
        return areOpen(now) ? Duration.ZERO : Duration.between(now, nextOpening(now));
    }

    /** They open when the clocks show their beginning, which may be twice or never on a day, or when the clocks change into them. */
    private Instant nextOpening(Instant now) {
        var today = LocalDate.ofInstant(now, zone);
        var beginnings = today.datesUntil(today.plusDays(DAYS)).map(day -> day.atTime(from)).flatMap(beginning ->
                zone.getRules().getValidOffsets(beginning).stream().map(beginning::toInstant));
        var changes = Stream.iterate(
                        zone.getRules().nextTransition(now),
                        change -> change != null && change.getInstant().isBefore(now.plus(Duration.ofDays(DAYS))),
                        change -> zone.getRules().nextTransition(change.getInstant()))
                .map(ZoneOffsetTransition::getInstant);
        return Stream.concat(beginnings, changes)
                .filter(moment -> moment.isAfter(now) && areOpen(moment))
                .min(Comparator.naturalOrder())
                .orElseThrow(() -> new IllegalStateException("%s do not open within %d days of %s".formatted(this, DAYS, now)));
    }
}

package io.weekly.owner;

import io.vertx.mutiny.sqlclient.Row;
import io.weekly.database.Utc;
import io.weekly.report.Period;
import io.weekly.schedule.SendTime;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import org.jspecify.annotations.Nullable;

/**
 * A tenant, and up to when its digests are written.
 *
 * @param writtenTo null if it has had none
 */
record DigestTenant(int id, String slug, String name, ZoneId zone, @Nullable Instant writtenTo) {

    /**
     * A run that ends at the moment of the digest may be committed later. So the digest is about the runs that ended until some minutes
     * before it, and the next digest about the others.
     */
    private static final Duration SETTLED = Duration.ofMinutes(10);
    /** After an outage, one digest is about up to four weeks. */
    private static final Duration LONGEST = Duration.ofDays(28);

    static DigestTenant of(Row row) {
        return new DigestTenant(
                row.getInteger("id"), row.getString("slug"), row.getString("name"), ZoneId.of(row.getString("zone")),
                Utc.instant(row.getLocalDateTime("written_to")));
    }

    /** The last moment at which its digests were due. */
    Instant due(SendTime time, Instant now) {
        return time.last(now, zone);
    }

    /**
     * Whether the digests of this moment are still to be written. An ISO week has at most one, even if the setting or the zone of the
     * tenant changes within the week.
     */
    boolean isWaitingFor(Instant due) {
        return writtenTo != null && due.isAfter(writtenTo) && !week(due).equals(week(writtenTo));
    }

    /** The ISO week in which the digest is written. */
    Period week(Instant due) {
        return Period.of(LocalDate.ofInstant(due, zone));
    }

    /** The same with another moment. */
    DigestTenant writtenTo(Instant moment) {
        return new DigestTenant(id, slug, name, zone, moment);
    }

    /** The digest is about runs that ended later than this moment. */
    Instant from(Instant due) {
        var earliest = due.minus(LONGEST);
        return (writtenTo == null || writtenTo.isBefore(earliest) ? earliest : writtenTo).minus(SETTLED);
    }

    /** The digest is about runs that ended at this moment or before. */
    Instant until(Instant due) {
        return due.minus(SETTLED);
    }
}

package io.weekly.report;

import io.vertx.mutiny.sqlclient.Tuple;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;

/**
 * What the datasets of one report are bound to.
 *
 * @param tenant its slug
 * @param recipient the platform's user id; null where a run as a whole is meant
 * @param monday the first day of the period
 * @param zone the tenant's, in which the days of the period begin
 */
public record DatasetParameters(String tenant, String recipient, LocalDate monday, ZoneId zone) {

    /** What a run's readiness query is bound to: it is about nobody in particular. */
    public static DatasetParameters ofRun(String tenant, LocalDate monday, ZoneId zone) {
        return new DatasetParameters(tenant, null, monday, zone);
    }

    /** The values for a statement's {@code ?}, by the names that the dataset gave them. */
    Tuple bind(List<String> names) {
        return Tuple.from(names.stream().map(this::value).toArray());
    }

    private Object value(String name) {
        return switch (name) {
            case "tenant" -> tenant;
            case "recipient" -> recipient;
            case "from", "previous_to" -> monday;
            case "to" -> monday.plusWeeks(1);
            case "previous_from" -> monday.minusWeeks(1);
            case "from_utc", "previous_to_utc" -> utc(monday);
            case "to_utc" -> utc(monday.plusWeeks(1));
            case "previous_from_utc" -> utc(monday.minusWeeks(1));
            default -> throw new IllegalArgumentException("the loader lets no other parameter through: " + name);
        };
    }

    private LocalDateTime utc(LocalDate day) {
        return LocalDateTime.ofInstant(day.atStartOfDay(zone).toInstant(), ZoneOffset.UTC);
    }
}

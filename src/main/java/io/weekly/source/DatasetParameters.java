package io.weekly.source;

import io.vertx.core.json.JsonArray;
import io.vertx.mutiny.sqlclient.Tuple;
import io.weekly.definition.Dataset;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The values of the built-in parameters for one report.
 *
 * @param tenant the tenant's slug
 * @param recipient the recipient's id in the platform; null for the readiness query of a run
 * @param tags the recipient's tags
 * @param monday the first day of the period
 * @param zone the tenant's time zone, in which the days of the period start
 */
public record DatasetParameters(String tenant, @Nullable String recipient, List<String> tags, LocalDate monday, ZoneId zone) {

    /** The parameters of a run's readiness query. They have no recipient. */
    public static DatasetParameters ofRun(String tenant, LocalDate monday, ZoneId zone) {
        return new DatasetParameters(tenant, null, List.of(), monday, zone);
    }

    /** The values for the {@code ?} of a statement, in the order of the names. */
    Tuple bind(List<String> names, Map<String, Object> constants) {
        return Tuple.from(values(names, constants));
    }

    /** The same as a list. {@code constants} are the definition's own parameters. */
    List<@Nullable Object> values(List<String> names, Map<String, Object> constants) {
        var values = new ArrayList<@Nullable Object>(names.size());
        for (var name : names) {
            var constant = constants.get(name);
            values.add(constant == null ? builtIn(name) : encoded(constant));
        }
        return values;
    }

    /** The client can send a decimal only as a text. {@link io.weekly.definition.SqlText} casts it back in the statement. */
    private static Object encoded(Object value) {
        return value instanceof BigDecimal number ? number.toPlainString() : value;
    }

    private @Nullable Object builtIn(String name) {
        return switch (name) {
            case "tenant" -> tenant;
            case "recipient" -> recipient;
            case "tags" -> new JsonArray(tags).encode();
            case "from", "previous_to" -> monday;
            case "to" -> monday.plusWeeks(1);
            case "previous_from" -> monday.minusWeeks(1);
            case "from_utc", "previous_to_utc" -> utc(monday);
            case "to_utc" -> utc(monday.plusWeeks(1));
            case "previous_from_utc" -> utc(monday.minusWeeks(1));
            default -> tag(name);
        };
    }

    /** {@code :tag_region} is north if the recipient has the tag {@code region:north} or {@code region=north}. The first one counts. */
    private @Nullable String tag(String name) {
        if (!name.startsWith(Dataset.TAG)) {
            throw new IllegalArgumentException("unknown parameter, which the loader should have refused: " + name);
        }
        var key = name.substring(Dataset.TAG.length());
        return tags.stream()
                .filter(tag -> tag.startsWith(key + ":") || tag.startsWith(key + "="))
                .map(tag -> tag.substring(key.length() + 1))
                .findFirst()
                .orElse(null);
    }

    private LocalDateTime utc(LocalDate day) {
        return LocalDateTime.ofInstant(day.atStartOfDay(zone).toInstant(), ZoneOffset.UTC);
    }
}

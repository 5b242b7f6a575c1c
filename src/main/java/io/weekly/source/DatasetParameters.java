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

/**
 * What the datasets of one report are bound to.
 *
 * @param tenant its slug
 * @param recipient the platform's user id; null where a run as a whole is meant
 * @param tags the recipient's
 * @param monday the first day of the period
 * @param zone the tenant's, in which the days of the period begin
 */
public record DatasetParameters(String tenant, String recipient, List<String> tags, LocalDate monday, ZoneId zone) {

    /** What a run's readiness query is bound to: it is about nobody in particular. */
    public static DatasetParameters ofRun(String tenant, LocalDate monday, ZoneId zone) {
        return new DatasetParameters(tenant, null, List.of(), monday, zone);
    }

    /** The values for a statement's {@code ?}, by the names that the dataset gave them. */
    Tuple bind(List<String> names, Map<String, Object> constants) {
        return Tuple.from(values(names, constants));
    }

    /** {@code constants}: those of the definition. */
    List<Object> values(List<String> names, Map<String, Object> constants) {
        var values = new ArrayList<Object>(names.size());
        names.forEach(name -> values.add(constants.containsKey(name) ? constant(constants.get(name)) : value(name)));
        return values;
    }

    /** A decimal goes as a text, since the client knows no other way; {@link SqlText} makes the server take it for what it is. */
    private static Object constant(Object value) {
        return value instanceof BigDecimal number ? number.toPlainString() : value;
    }

    private Object value(String name) {
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

    /** {@code :tag_region} is north where the recipient's tags have {@code region:north} or {@code region=north}; the first of several. */
    private String tag(String name) {
        if (!name.startsWith(Dataset.TAG)) {
            throw new IllegalArgumentException("the loader lets no other parameter through: " + name);
        }
        var of = name.substring(Dataset.TAG.length());
        return tags.stream()
                .filter(tag -> tag.startsWith(of + ":") || tag.startsWith(of + "="))
                .map(tag -> tag.substring(of.length() + 1))
                .findFirst()
                .orElse(null);
    }

    private LocalDateTime utc(LocalDate day) {
        return LocalDateTime.ofInstant(day.atStartOfDay(zone).toInstant(), ZoneOffset.UTC);
    }
}

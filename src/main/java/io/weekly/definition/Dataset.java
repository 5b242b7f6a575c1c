package io.weekly.definition;

import io.weekly.render.sheet.ColumnFormat;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One SQL file of a definition.
 *
 * @param sql the text of the file
 * @param statement the same with {@code ?} in place of each {@code :name}
 * @param parameters the names to bind, one for each {@code ?}, in order
 * @param rowLimit the largest allowed number of rows. More rows are an error; a result is never cut silently
 * @param timeout how long the query may take; null if report.yaml does not set it. Then {@code weekly.source.dataset-timeout} applies
 * @param sheet whether spreadsheets and CSV files include it
 * @param columns how they show some of its columns, by name in lower case
 */
public record Dataset(String name, String sql, String statement, List<String> parameters, int rowLimit, @Nullable Duration timeout,
        boolean sheet, Map<String, ColumnFormat> columns) {
    static final int DEFAULT_ROW_LIMIT = 10_000;

    /**
     * The built-in parameters. {@code :from} and {@code :to} are days, half-open: from ≤ day &lt; to. {@code :from_utc} and its like are
     * the moments when these days start in the tenant's zone. {@code :tags} is the JSON array of the recipient's tags.
     */
    public static final Set<String> PARAMETERS = Set.of(
            "tenant", "recipient", "tags", "from", "to", "previous_from", "previous_to",
            "from_utc", "to_utc", "previous_from_utc", "previous_to_utc");

    /** The prefix of further built-in parameters: {@code :tag_region} is the value of the recipient's tag {@code region:…}. */
    public static final String TAG = "tag_";

    /** Whether the service itself provides a parameter of that name. */
    public static boolean isBuiltIn(String parameter) {
        return PARAMETERS.contains(parameter) || parameter.startsWith(TAG) && parameter.length() > TAG.length();
    }

    /** The same dataset; if it has no timeout of its own, it gets this one. */
    Dataset withDefaultTimeout(Duration limit) {
        return timeout != null ? this : new Dataset(name, sql, statement, parameters, rowLimit, limit, sheet, columns);
    }

    /** The same dataset; these columns have the format of a year if they have none. */
    Dataset withYears(Set<String> years) {
        if (years.isEmpty()) {
            return this;
        }
        var formats = new LinkedHashMap<>(columns);
        years.forEach(column -> formats.putIfAbsent(column, ColumnFormat.PLAIN));
        return new Dataset(name, sql, statement, parameters, rowLimit, timeout, sheet, formats);
    }

    /** Whether its rows depend on the recipient. If so, no other report may use them. */
    public boolean isPersonal() {
        return parameters.stream().anyMatch(Dataset::isPersonal);
    }

    /** Whether a parameter of that name depends on the recipient. */
    static boolean isPersonal(String parameter) {
        return parameter.equals("recipient") || parameter.equals("tags") || parameter.startsWith(TAG);
    }
}

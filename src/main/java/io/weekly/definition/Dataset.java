package io.weekly.definition;

import io.weekly.render.sheet.ColumnFormat;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * One SQL file of a definition. {@code statement} is {@code sql} with a {@code ?} for each {@code :name}, and {@code parameters} names
 * what to bind to them, in order, repetitions included. More rows than {@code rowLimit} are an error, never silently cut.
 * {@code sheet} says whether spreadsheets and CSV files have it, and {@code columns} how they show some of its columns.
 *
 * @param timeout how long it may take; null where report.yaml does not say, for {@code weekly.source.dataset-timeout}
 */
public record Dataset(String name, String sql, String statement, List<String> parameters, int rowLimit, Duration timeout, boolean sheet,
        Map<String, ColumnFormat> columns) {
    static final int DEFAULT_ROW_LIMIT = 10_000;

    /**
     * What every dataset may ask for. {@code :from} and {@code :to} are days, half-open: from ≤ day &lt; to; their {@code _utc} twins
     * are the moments at which those days begin in the tenant's zone. {@code :tags} is the JSON array of the recipient's tags.
     */
    public static final Set<String> PARAMETERS = Set.of(
            "tenant", "recipient", "tags", "from", "to", "previous_from", "previous_to",
            "from_utc", "to_utc", "previous_from_utc", "previous_to_utc");

    /** And {@code :tag_region} for the value of its tag {@code region:…}. */
    public static final String TAG = "tag_";

    /** Whether the service gives a value to a parameter of that name. */
    public static boolean isBuiltIn(String parameter) {
        return PARAMETERS.contains(parameter) || parameter.startsWith(TAG) && parameter.length() > TAG.length();
    }

    /** The same with a time limit, where it has none of its own. */
    Dataset within(Duration limit) {
        return timeout != null ? this : new Dataset(name, sql, statement, parameters, rowLimit, limit, sheet, columns);
    }

    /** Whether it asks for anything of the recipient's: then its rows are for no other report. */
    public boolean isPersonal() {
        return parameters.stream().anyMatch(Dataset::isPersonal);
    }

    /** Whether a parameter of that name is of the recipient's. */
    static boolean isPersonal(String parameter) {
        return parameter.equals("recipient") || parameter.equals("tags") || parameter.startsWith(TAG);
    }
}

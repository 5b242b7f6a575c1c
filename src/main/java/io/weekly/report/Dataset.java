package io.weekly.report;

import io.weekly.render.ColumnFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * One SQL file of a definition. {@code statement} is {@code sql} with a {@code ?} for each {@code :name}, and {@code parameters} names
 * what to bind to them, in order, repetitions included. More rows than {@code rowLimit} are an error, never silently cut.
 * {@code sheet} says whether spreadsheets and CSV files have it, and {@code columns} how they show some of its columns.
 */
public record Dataset(String name, String sql, String statement, List<String> parameters, int rowLimit, boolean sheet,
        Map<String, ColumnFormat> columns) {
    static final int DEFAULT_ROW_LIMIT = 10_000;

    /**
     * What every dataset may ask for. {@code :from} and {@code :to} are days, half-open: from ≤ day &lt; to; their {@code _utc} twins
     * are the moments at which those days begin in the tenant's zone.
     */
    public static final Set<String> PARAMETERS = Set.of(
            "tenant", "recipient", "from", "to", "previous_from", "previous_to",
            "from_utc", "to_utc", "previous_from_utc", "previous_to_utc");
}

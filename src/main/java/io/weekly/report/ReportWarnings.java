package io.weekly.report;

import io.smallrye.mutiny.Uni;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.mutiny.sqlclient.SqlClient;
import io.vertx.mutiny.sqlclient.Tuple;
import io.weekly.database.MultiRowInsert;
import io.weekly.database.Placeholders;
import io.weekly.text.Warning;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The warnings of reports. Only a report that has warnings has a row in the table {@code report_warning}, and no other class writes to it.
 * Every write happens in the caller's transaction, which changes the report too, so that {@link ReportETag} changes.
 */
public final class ReportWarnings {

    private static final String INSERT =
            """
            INSERT INTO report_warning (tenant_id, report_id, run_id, warnings)
            VALUES %s
            ON DUPLICATE KEY UPDATE warnings = VALUES(warnings)""";
    private static final String ROW = "(?, UNHEX(?), UNHEX(?), ?)";

    private ReportWarnings() {}

    /** Stores the warnings of reports that were generated. Empty lists are left out. */
    public static Uni<Void> store(SqlClient transaction, Map<ReportTask, List<Warning>> warnings) {
        var rows = new ArrayList<Tuple>();
        warnings.forEach((report, itsWarnings) -> {
            if (!itsWarnings.isEmpty()) {
                rows.add(Tuple.of(report.tenant().id(), report.reportId(), report.runId(), text(itsWarnings)));
            }
        });
        return MultiRowInsert.insert(transaction, INSERT, ROW, rows);
    }

    private static final String DELETE =
            """
            DELETE FROM report_warning
            WHERE tenant_id = ? AND report_id IN (%s)""";

    /**
     * Deletes the warnings of reports: those reports are generated again, or are about a person who is erased, and a warning may quote a
     * name. The list must not be empty.
     */
    static Uni<Void> delete(SqlClient transaction, int tenantId, List<String> reportIds) {
        return transaction
                .preparedQuery(DELETE.formatted(Placeholders.of("UNHEX(?)", reportIds.size())))
                .execute(Tuple.from(Stream.concat(Stream.of(tenantId), reportIds.stream()).toList()))
                .replaceWithVoid();
    }

    private static String text(List<Warning> warnings) {
        var list = new JsonArray();
        warnings.forEach(warning -> list.add(new JsonObject().put("code", warning.code()).put("message", warning.message())));
        return list.encode();
    }

    /** Reads the column {@code warnings}, which is null if there are none. */
    static List<Warning> read(@Nullable String text) {
        return text == null
                ? List.of()
                : new JsonArray(text).stream()
                        .map(JsonObject.class::cast)
                        .map(warning -> new Warning(warning.getString("code"), warning.getString("message")))
                        .toList();
    }
}

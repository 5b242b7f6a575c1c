package io.weekly.report;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlClient;
import io.vertx.mutiny.sqlclient.Tuple;
import io.weekly.database.Database;
import io.weekly.database.Placeholders;
import io.weekly.database.Utc;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** Says which files the store still has to keep, and which it can delete. {@link ReportStages} changes their rows. */
@ApplicationScoped
public class KeptFiles {

    private final Database database;
    private final Clock clock;

    KeptFiles(Database database, Clock clock) {
        this.database = database;
        this.clock = clock;
    }

    // A report with a job may still be mailed: it waits in a held run, or the mail server defers it. After its files have expired, no new
    // job can use them, because a retry generates the report again.
    private static final String DUE =
            """
            SELECT f.tenant_id, LOWER(HEX(f.report_id)) AS report_id, f.format, f.path, f.expires_at
            FROM file f FORCE INDEX (file_expiry)
            WHERE f.deleted_at IS NULL AND f.expires_at <= ? AND f.expires_at > ?
              AND NOT EXISTS (SELECT 1 FROM job j WHERE j.report_id = f.report_id)
            ORDER BY f.expires_at
            LIMIT ?""";

    /** The files that expired until {@code until} and after {@code after}, and that no job needs; those that expired first come first. */
    public Uni<List<KeptFile>> due(Instant until, Instant after, int limit) {
        return database.client()
                .preparedQuery(DUE)
                .execute(Tuple.of(Utc.column(until), Utc.column(after), limit))
                .map(KeptFiles::files);
    }

    private static final String OF_REPORTS =
            """
            SELECT tenant_id, LOWER(HEX(report_id)) AS report_id, format, path, expires_at
            FROM file
            WHERE tenant_id = ? AND report_id IN (%s) AND deleted_at IS NULL""";

    /** The files of these reports, expired or not. The list must not be empty. */
    public Uni<List<KeptFile>> of(int tenantId, List<String> reportIds) {
        return database.client()
                .preparedQuery(OF_REPORTS.formatted(Placeholders.of("UNHEX(?)", reportIds.size())))
                .execute(Tuple.from(Stream.concat(Stream.of(tenantId), reportIds.stream()).toList()))
                .map(KeptFiles::files);
    }

    private static List<KeptFile> files(RowSet<Row> rows) {
        return StreamSupport.stream(rows.spliterator(), false)
                .map(row -> new KeptFile(
                        row.getInteger("tenant_id"),
                        row.getString("report_id"),
                        row.getString("format"),
                        row.getString("path"),
                        Utc.instant(row.getLocalDateTime("expires_at"))))
                .toList();
    }

    /** Records that the store has these files no more; there may be none. */
    public Uni<Void> deleted(List<KeptFile> files) {
        return files.isEmpty()
                ? Uni.createFrom().voidItem()
                : database.transaction(transaction -> ReportStages.filesDeleted(transaction, files, clock.instant()));
    }

    /**
     * Lets the files of reports expire so many days after they were stored, in the caller's transaction. Files that were deleted do not
     * change. The list must not be empty.
     */
    public Uni<Void> redate(SqlClient transaction, int tenantId, List<String> reportIds, int days) {
        return ReportTransitions.filesChanged(transaction, tenantId, reportIds)
                .flatMap(_ -> ReportStages.redateFiles(transaction, tenantId, reportIds, days));
    }

    private static final String PATHS =
            """
            SELECT LOWER(HEX(r.id)) AS id, f.path
            FROM report r
            LEFT JOIN file f ON f.tenant_id = r.tenant_id AND f.report_id = r.id AND f.deleted_at IS NULL
            WHERE r.id IN (%s)""";

    /**
     * The paths that reports need, by the ids of the reports. A report that is not in the result is not in this database, and a report
     * without files has an empty set. The ids must not be empty.
     */
    public Uni<Map<String, Set<String>>> paths(Set<String> reportIds) {
        return database.client()
                .preparedQuery(PATHS.formatted(Placeholders.of("UNHEX(?)", reportIds.size())))
                .execute(Tuple.from(List.copyOf(reportIds)))
                .map(rows -> {
                    Map<String, Set<String>> paths = new HashMap<>();
                    for (var row : rows) {
                        var needed = paths.computeIfAbsent(row.getString("id"), _ -> new HashSet<>());
                        if (row.getString("path") != null) {
                            needed.add(row.getString("path"));
                        }
                    }
                    return paths;
                });
    }
}

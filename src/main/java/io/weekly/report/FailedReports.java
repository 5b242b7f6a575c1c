package io.weekly.report;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlClient;
import io.vertx.mutiny.sqlclient.Tuple;
import io.weekly.database.Database;
import io.weekly.database.Placeholders;
import io.weekly.database.QueryConditions;
import io.weekly.database.Utc;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/**
 * Reads the failed reports of a run, and retries many of them in one transaction. A report that has a job is under way, so it is left out.
 * {@link ReportVerbs#retry} does the same for a single report.
 */
@ApplicationScoped
public class FailedReports {

    // The error of a report that was never mailed is its reason. Without the index, MariaDB reads all deliveries for each report (20,000
    // reports: 8.6 s for a page instead of 22 ms).
    private static final String HAS_REASON =
            """
            (r.error = ? OR (SELECT d.reason
                             FROM delivery d FORCE INDEX (PRIMARY)
                             WHERE d.tenant_id = r.tenant_id AND d.report_id = r.id
                             ORDER BY d.number DESC
                             LIMIT 1) = ?)""";

    // Without the LIMIT, MariaDB reads all jobs that exist for each page.
    private static final String HAS_NO_JOB = "NOT EXISTS (SELECT 1 FROM job j WHERE j.report_id = r.id LIMIT 1)";

    private final Database database;
    private final ReportVerbActions actions;
    private final Clock clock;

    FailedReports(Database database, ReportVerbActions actions, Clock clock) {
        this.database = database;
        this.actions = actions;
        this.clock = clock;
    }

    /**
     * Failed reports of one run.
     *
     * @param reason the reason of their latest delivery, or their exact error; null for all that failed
     */
    public record OfRun(int tenantId, String runId, @Nullable String reason) {

        private QueryConditions conditions() {
            var where = new QueryConditions()
                    .and("r.tenant_id = ?", tenantId)
                    .and("r.run_id = UNHEX(?)", runId)
                    .and("r.status = 'failed'")
                    .and(HAS_NO_JOB);
            return reason == null ? where : where.and(HAS_REASON, reason, reason);
        }
    }

    /**
     * What became of a set of reports. Reports that were changed since they were read are in neither number.
     *
     * @param refused how many still are failed and may not be retried now, because their run is held or being cancelled
     */
    public record Retried(int retried, int refused) {}

    private static final String PAGE =
            """
            SELECT LOWER(HEX(r.id)) AS id
            FROM report r FORCE INDEX (report_of_run)
            %s
            ORDER BY r.id
            LIMIT ?""";

    /** The ids of the next failed reports, in their order. Nothing is locked. */
    public Uni<List<String>> page(OfRun failed, String after, int limit) {
        var where = failed.conditions().and("r.id > UNHEX(?)", after);
        return database.client()
                .preparedQuery(PAGE.formatted(where.sql()))
                .execute(where.with(limit))
                .map(rows -> StreamSupport.stream(rows.spliterator(), false).map(row -> row.getString("id")).toList());
    }

    /**
     * Locks those of the reports that still match, and retries them in the caller's transaction. The caller wakes the lanes after it.
     *
     * @param reportIds at least one
     */
    public Uni<Retried> retry(SqlClient transaction, OfRun failed, List<String> reportIds, String actor) {
        return lock(transaction, failed, reportIds).flatMap(reports -> {
            var allowed = reports.stream().filter(report -> ReportVerb.RETRY.isAllowed(report.situation())).toList();
            var result = new Retried(allowed.size(), reports.size() - allowed.size());
            return allowed.isEmpty()
                    ? Uni.createFrom().item(result)
                    : actions.retry(transaction, allowed, actor).replaceWith(result);
        });
    }

    // The rows have no job to lock first. While a row is locked and failed, nobody adds one: who enqueues a job for it changes its status
    // in the same transaction. The rows are locked in the order of their ids, so two calls at the same time wait for each other.
    private static final String LOCK =
            """
            SELECT r.tenant_id, LOWER(HEX(r.id)) AS id, LOWER(HEX(r.run_id)) AS run, r.status, r.delivery, r.priority
            FROM report r FORCE INDEX (PRIMARY)
            %s
            ORDER BY r.id
            FOR UPDATE""";

    private Uni<List<LockedReport>> lock(SqlClient transaction, OfRun failed, List<String> reportIds) {
        var where = failed.conditions()
                .and("r.id IN (%s)".formatted(Placeholders.of("UNHEX(?)", reportIds.size())), reportIds.toArray());
        return transaction
                .preparedQuery(LOCK.formatted(where.sql()))
                .execute(where.with())
                .flatMap(rows -> runIsStopped(transaction, failed)
                        .flatMap(stopped -> withFiles(transaction, failed, reportIds).map(kept -> StreamSupport.stream(
                                        rows.spliterator(), false)
                                .map(row -> LockedReport.of(row, Optional.empty(), stopped, kept.contains(row.getString("id"))))
                                .toList())));
    }

    private static final String RUN_IS_STOPPED =
            """
            SELECT 1
            FROM run
            WHERE tenant_id = ? AND id = UNHEX(?) AND (state IN ('waiting', 'held') OR state = 'cancelled' AND finished_at IS NULL)""";

    private static Uni<Boolean> runIsStopped(SqlClient transaction, OfRun failed) {
        return transaction
                .preparedQuery(RUN_IS_STOPPED)
                .execute(Tuple.of(failed.tenantId(), failed.runId()))
                .map(rows -> rows.size() > 0);
    }

    // As in ReportLocks: nothing can be sent without the composed mail.
    private static final String WITH_FILES =
            """
            SELECT LOWER(HEX(report_id)) AS id
            FROM file
            WHERE tenant_id = ? AND report_id IN (%s)
            GROUP BY report_id
            HAVING MAX(format = 'mail') = 1 AND MIN(expires_at) > ?""";

    private Uni<Set<String>> withFiles(SqlClient transaction, OfRun failed, List<String> reportIds) {
        var values = new ArrayList<Object>(List.of(failed.tenantId()));
        values.addAll(reportIds);
        values.add(Utc.column(clock.instant()));
        return transaction
                .preparedQuery(WITH_FILES.formatted(Placeholders.of("UNHEX(?)", reportIds.size())))
                .execute(Tuple.from(values))
                .map(rows -> StreamSupport.stream(rows.spliterator(), false)
                        .map(row -> row.getString("id"))
                        .collect(Collectors.toSet()));
    }
}

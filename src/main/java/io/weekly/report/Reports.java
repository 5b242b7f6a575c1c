package io.weekly.report;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Tuple;
import io.weekly.database.Database;
import io.weekly.database.Ids;
import io.weekly.database.Placeholders;
import io.weekly.database.QueryConditions;
import io.weekly.tenant.Scope;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/** Reads reports as users see them. */
@ApplicationScoped
public class Reports {

    private static final String SELECT =
            """
            SELECT %s LOWER(HEX(r.id)) AS id, r.tenant_id, t.slug AS tenant, rc.user_id AS recipient, r.definition, r.definition_version,
                   r.period, r.revision, LOWER(HEX(r.run_id)) AS run, r.mail_to IS NOT NULL AS sample, r.status, r.priority,
                   IF(d.mode = 'link', d.mode, r.delivery) AS mode, r.error,
                   r.created_at, r.generated_at, r.delivered_at,
                   COALESCE(r.started_at, j.leased_at) AS started_at, IF(j.state = 'leased', j.attempt, r.attempt) AS attempt,
                   IF(j.state = 'leased', j.lane, NULL) AS working, r.changes, j.id AS job_id, j.state AS job_state,
                   j.attempt AS job_attempt, j.due_at AS job_due_at, j.lease_token,
                   NULLIF(d.address, '') AS address, d.attempts, d.message_id, d.outcome, d.reason,
                   d.unknown_before <> 0 AS unknown_before,
                   w.warnings
            FROM report r %s
            JOIN tenant t ON t.id = r.tenant_id
            JOIN recipient rc ON rc.tenant_id = r.tenant_id AND rc.id = r.recipient_id
            LEFT JOIN job j ON j.report_id = r.id
            LEFT JOIN delivery d ON d.tenant_id = r.tenant_id AND d.report_id = r.id
              AND d.number = (SELECT MAX(l.number) FROM delivery l WHERE l.tenant_id = r.tenant_id AND l.report_id = r.id)
            LEFT JOIN report_warning w ON w.tenant_id = r.tenant_id AND w.report_id = r.id
            """;

    private final Database database;
    private final Clock clock;

    Reports(Database database, Clock clock) {
        this.database = database;
        this.clock = clock;
    }

    /** The report. Empty if it does not exist, or if the scope must not see it. */
    public Uni<Optional<Report>> find(Scope scope, String id) {
        if (!Ids.isId(id)) {
            return Uni.createFrom().item(Optional.empty());
        }
        var where = visible(scope).and("r.id = UNHEX(?)", id);
        return read(SELECT.formatted("", ""), where, "", where.with()).map(found -> found.stream().findFirst());
    }

    /**
     * A page of reports, the newest first.
     *
     * @param before the last id of the previous page; null for the first page
     */
    public Uni<List<Report>> list(Scope scope, ReportFilter filter, int limit, @Nullable String before) {
        var where = visible(scope)
                .andIfGiven("r.tenant_id = (SELECT id FROM tenant WHERE slug = ?)", filter.tenant())
                .andIfGiven("rc.user_id = ?", filter.recipient())
                .andIfGiven("r.definition = ?", filter.definition())
                .andIfGiven("r.period = ?", filter.period())
                .andIfGiven("r.run_id = UNHEX(?)", filter.run())
                .andIfGiven("r.id < UNHEX(?)", before);
        withStatus(where, filter.status());
        return read(SELECT.formatted(hint(filter), index(scope, filter)), where, "ORDER BY r.id DESC\nLIMIT ?", where.with(limit));
    }

    /**
     * The newest first is the order of the primary key, so a page can be read without sorting. Without the hint the optimizer starts with
     * the tenants and sorts everything (240,000 reports: 1.6 s instead of 15 ms). A filter on another table may start there.
     */
    private static String hint(ReportFilter filter) {
        var filtersAnotherTable = filter.recipient() != null
                || filter.status() == ReportStatus.GENERATING
                || filter.status() == ReportStatus.DELIVERING;
        return filtersAnotherTable ? "" : "STRAIGHT_JOIN";
    }

    /** Without the index, the server would read all newer reports before it finds those of an older run. */
    private static String index(Scope scope, ReportFilter filter) {
        var filtersRecipient = filter.recipient() != null || scope instanceof Scope.OfRecipient;
        return filter.run() == null || filtersRecipient ? "" : "FORCE INDEX (report_of_run)";
    }

    /** The report and its ETag. Empty if it does not exist, or if the scope must not see it. */
    public Uni<Optional<TaggedReport>> findTagged(Scope scope, String id) {
        if (!Ids.isId(id)) {
            return Uni.createFrom().item(Optional.empty());
        }
        var where = visible(scope).and("r.id = UNHEX(?)", id);
        return database.client().preparedQuery(SELECT.formatted("", "") + where.sql()).execute(where.with()).flatMap(rows -> {
            if (rows.size() == 0) {
                return Uni.createFrom().item(Optional.empty());
            }
            var row = rows.iterator().next();
            return withFiles(List.of(ReportRows.report(row)))
                    .map(List::getFirst)
                    .map(report -> Optional.of(new TaggedReport(report, ReportETag.of(scope, report, row))));
        });
    }

    /**
     * A report as it was read.
     *
     * @param etag empty if a client has to read the report again to see whether it has changed
     */
    public record TaggedReport(Report report, Optional<ReportETag> etag) {}

    /** Whether a report still has the state of this ETag. Reads one row by its primary key. */
    public Uni<Boolean> isUnchanged(Scope scope, String id, ReportETag etag) {
        var where = etag.isOfJob() ? new QueryConditions().and("j.id = ?", etag.jobId()) : visible(scope).and("r.id = UNHEX(?)", id);
        var sql = etag.isOfJob() ? ReportETag.JOB : ReportETag.REPORT;
        return database.client()
                .preparedQuery(sql + where.sql())
                .execute(where.with())
                .map(rows -> rows.size() == 1 && etag.matches(scope, id, rows.iterator().next(), clock.instant()));
    }

    /** Recipients do not see samples. */
    private static QueryConditions visible(Scope scope) {
        var where = scope.within(new QueryConditions(), "r");
        return scope instanceof Scope.OfRecipient ? where.and("r.mail_to IS NULL") : where;
    }

    private static void withStatus(QueryConditions where, @Nullable ReportStatus status) {
        switch (status) {
            case null -> {}
            case GENERATING -> where.and("r.status = 'queued' AND j.state = 'leased'");
            case DELIVERING -> where.and("r.status = 'generated' AND j.state = 'leased'");
            case QUEUED, GENERATED -> where.and("r.status = ? AND COALESCE(j.state, '') <> 'leased'", status.text());
            default -> where.and("r.status = ?", status.text());
        }
    }

    private Uni<List<Report>> read(String select, QueryConditions where, String order, Tuple values) {
        return database.client()
                .preparedQuery(select + where.sql() + "\n" + order)
                .execute(values)
                .map(rows -> StreamSupport.stream(rows.spliterator(), false)
                        .map(ReportRows::report)
                        .toList())
                .flatMap(this::withFiles);
    }

    private Uni<List<Report>> withFiles(List<Report> reports) {
        if (reports.isEmpty()) {
            return Uni.createFrom().item(reports);
        }
        var values = new ArrayList<Object>();
        reports.forEach(report -> Collections.addAll(values, report.tenantId(), report.id()));
        var sql =
                """
                SELECT LOWER(HEX(report_id)) AS report_id, format, media_type, bytes, sha256, path, expires_at, deleted_at
                FROM file
                WHERE (tenant_id, report_id) IN (%s) AND format <> 'mail'
                ORDER BY format"""
                        .formatted(Placeholders.of("(?, UNHEX(?))", reports.size()));
        return database.client().preparedQuery(sql).execute(Tuple.from(values)).map(rows -> {
            var now = clock.instant();
            Map<String, List<Report.File>> files = new HashMap<>();
            rows.forEach(row -> files.computeIfAbsent(row.getString("report_id"), _ -> new ArrayList<>()).add(ReportRows.file(row, now)));
            return reports.stream()
                    .map(report -> report.withFiles(files.getOrDefault(report.id(), List.of())))
                    .toList();
        });
    }
}

package io.weekly.report;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import io.weekly.database.Database;
import io.weekly.database.Ids;
import io.weekly.database.Placeholders;
import io.weekly.database.QueryConditions;
import io.weekly.database.Utc;
import io.weekly.queue.Priority;
import io.weekly.tenant.Scope;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.StreamSupport;

/** Reports as their users see them. What the stages change stands in {@link ReportStages}. */
@ApplicationScoped
public class Reports {

    private static final String SELECT =
            """
            SELECT %s LOWER(HEX(r.id)) AS id, r.tenant_id, t.slug AS tenant, rc.user_id AS recipient, r.definition, r.definition_version,
                   r.period, r.revision, LOWER(HEX(r.run_id)) AS run, r.mail_to IS NOT NULL AS sample, r.status, r.priority,
                   r.delivery AS mode, r.error,
                   r.created_at, r.generated_at, r.delivered_at,
                   COALESCE(r.started_at, j.leased_at) AS started_at, IF(j.state = 'leased', j.attempt, r.attempt) AS attempt,
                   IF(j.state = 'leased', j.lane, NULL) AS working, r.changes, j.id AS job_id, j.state AS job_state,
                   j.attempt AS job_attempt, j.due_at AS job_due_at, j.lease_token,
                   d.address, d.attempts, d.message_id, d.outcome, d.unknown_before <> 0 AS unknown_before
            FROM report r %s
            JOIN tenant t ON t.id = r.tenant_id
            JOIN recipient rc ON rc.tenant_id = r.tenant_id AND rc.id = r.recipient_id
            LEFT JOIN job j ON j.report_id = r.id
            LEFT JOIN delivery d ON d.tenant_id = r.tenant_id AND d.report_id = r.id
              AND d.number = (SELECT MAX(l.number) FROM delivery l WHERE l.tenant_id = r.tenant_id AND l.report_id = r.id)
            """;

    private final Database database;
    private final Clock clock;

    Reports(Database database, Clock clock) {
        this.database = database;
        this.clock = clock;
    }

    /** The report, where it exists and the scope may see it. */
    public Uni<Optional<Report>> find(Scope scope, String id) {
        if (!Ids.isId(id)) {
            return Uni.createFrom().item(Optional.empty());
        }
        var where = visible(scope).and("r.id = UNHEX(?)", id);
        return read(SELECT.formatted("", ""), where, "", where.with()).map(found -> found.stream().findFirst());
    }

    /**
     * The newest reports first.
     *
     * @param before the last id of the page before; null for the first page
     */
    public Uni<List<Report>> list(Scope scope, ReportFilter filter, int limit, String before) {
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
     * The newest first is the order of the reports' own keys: a page costs a page. Left to itself the optimizer begins with the tenants
     * and sorts all there is (240,000 reports: 1.6 s against 15 ms). What narrows by another table may begin there.
     */
    private static String hint(ReportFilter filter) {
        var narrowElsewhere = filter.recipient() != null
                || filter.status() == ReportStatus.GENERATING
                || filter.status() == ReportStatus.DELIVERING;
        return narrowElsewhere ? "" : "STRAIGHT_JOIN";
    }

    /** The reports of a run that is not the newest would be looked for among all that are newer than they. */
    private static String index(Scope scope, ReportFilter filter) {
        var narrowByRecipient = filter.recipient() != null || scope instanceof Scope.OfRecipient;
        return filter.run() == null || narrowByRecipient ? "" : "FORCE INDEX (report_of_run)";
    }

    /** The report with a mark of its state, where it exists and the scope may see it. */
    public Uni<Optional<Marked>> findMarked(Scope scope, String id) {
        if (!Ids.isId(id)) {
            return Uni.createFrom().item(Optional.empty());
        }
        var where = visible(scope).and("r.id = UNHEX(?)", id);
        return database.client().preparedQuery(SELECT.formatted("", "") + where.sql()).execute(where.with()).flatMap(rows -> {
            if (rows.size() == 0) {
                return Uni.createFrom().item(Optional.empty());
            }
            var row = rows.iterator().next();
            return withFiles(List.of(report(row)))
                    .map(List::getFirst)
                    .map(report -> Optional.of(new Marked(report, StateMark.of(scope, report, row))));
        });
    }

    /**
     * A report as it was read.
     *
     * @param mark by which {@link #isStill} tells whether it has changed since; null where only reading it again can tell
     */
    public record Marked(Report report, StateMark mark) {}

    /** Whether nothing has changed that a reader of the report could see: asks one row, by its primary key. */
    public Uni<Boolean> isStill(Scope scope, String id, StateMark mark) {
        var by = mark.isOfJob() ? new QueryConditions().and("j.id = ?", mark.jobId()) : visible(scope).and("r.id = UNHEX(?)", id);
        var sql = mark.isOfJob() ? StateMark.JOB : StateMark.REPORT;
        return database.client()
                .preparedQuery(sql + by.sql())
                .execute(by.with())
                .map(rows -> rows.size() == 1 && mark.holds(scope, id, rows.iterator().next(), clock.instant()));
    }

    /** A sample is for whoever asked for it, and for no recipient to see. */
    private static QueryConditions visible(Scope scope) {
        var where = scope.within(new QueryConditions(), "r");
        return scope instanceof Scope.OfRecipient ? where.and("r.mail_to IS NULL") : where;
    }

    private static void withStatus(QueryConditions where, ReportStatus status) {
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
                        .map(Reports::report)
                        .toList())
                .flatMap(this::withFiles);
    }

    private static Report report(Row row) {
        var stored = ReportStatus.of(row.getString("status")).orElseThrow();
        return new Report(
                row.getString("id"),
                row.getString("tenant"),
                row.getString("recipient"),
                row.getString("definition"),
                row.getString("definition_version"),
                row.getString("period"),
                row.getInteger("revision"),
                row.getString("run"),
                row.getInteger("sample") != 0,
                seen(stored, row.getString("working")),
                row.getInteger("attempt"),
                Priority.ofText(row.getString("priority")),
                instant(row, "created_at"),
                instant(row, "started_at"),
                instant(row, "generated_at"),
                instant(row, "delivered_at"),
                List.of(),
                delivery(row),
                row.getString("error"),
                row.getInteger("tenant_id"));
    }

    private static ReportStatus seen(ReportStatus stored, String workingLane) {
        if (workingLane == null) {
            return stored;
        }
        return workingLane.equals("generate") ? ReportStatus.GENERATING : ReportStatus.DELIVERING;
    }

    private static Report.Delivery delivery(Row row) {
        var mode = DeliveryMode.of(row.getString("mode")).orElseThrow();
        var begun = row.getString("address") != null;
        return new Report.Delivery(
                mode,
                row.getString("address"),
                begun ? row.getInteger("attempts") : 0,
                row.getString("message_id"),
                row.getString("outcome"),
                begun && row.getInteger("unknown_before") != 0);
    }

    private Uni<List<Report>> withFiles(List<Report> reports) {
        if (reports.isEmpty()) {
            return Uni.createFrom().item(reports);
        }
        var values = new ArrayList<Object>();
        reports.forEach(report -> Collections.addAll(values, report.tenantId(), report.id()));
        var sql =
                """
                SELECT LOWER(HEX(report_id)) AS report_id, format, media_type, bytes, sha256, path, expires_at
                FROM file
                WHERE (tenant_id, report_id) IN (%s) AND format <> 'mail'
                ORDER BY format"""
                        .formatted(Placeholders.of("(?, UNHEX(?))", reports.size()));
        return database.client().preparedQuery(sql).execute(Tuple.from(values)).map(rows -> {
            Map<String, List<Report.File>> files = new HashMap<>();
            rows.forEach(row -> files.computeIfAbsent(row.getString("report_id"), id -> new ArrayList<>()).add(file(row)));
            return reports.stream()
                    .map(report -> report.withFiles(files.getOrDefault(report.id(), List.of())))
                    .toList();
        });
    }

    private Report.File file(Row row) {
        var expires = instant(row, "expires_at");
        return new Report.File(
                row.getString("format"),
                row.getLong("bytes"),
                row.getString("sha256"),
                "/api/v1/reports/" + row.getString("report_id") + "/files/" + row.getString("format"),
                expires,
                !expires.isAfter(clock.instant()),
                FileType.of(row.getString("media_type")),
                row.getString("path"));
    }

    private static Instant instant(Row row, String column) {
        LocalDateTime value = row.getLocalDateTime(column);
        return Utc.instant(value);
    }
}

package io.weekly.run;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.Tuple;
import io.weekly.database.Database;
import io.weekly.database.Ids;
import io.weekly.database.Keyset;
import io.weekly.database.QueryConditions;
import io.weekly.database.Utc;
import io.weekly.report.DeliveryMode;
import io.weekly.report.ReportStatus;
import io.weekly.tenant.Scope;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;
import java.util.stream.StreamSupport;

/** The proof of a run: its sums, and a line for each of its recipients. */
@ApplicationScoped
public class Ledgers {

    private static final int PAGE = 500;

    // A chunk that was under way when the run was cancelled is still to come.
    private static final String RUN =
            """
            SELECT r.due, r.state = 'enqueuing' OR r.state = 'cancelled' AND EXISTS (
                       SELECT 1 FROM run_cursor open WHERE open.tenant_id = r.tenant_id AND open.run_id = r.id) AS growing
            FROM run r
            """;
    // Generated is an end where nothing is delivered, and open where a mail is still to go.
    private static final String SUMS =
            """
            SELECT IF(status = 'queued' OR status = 'generated' AND delivery <> 'none', 'open', status) AS status, COUNT(*) AS n
            FROM report FORCE INDEX (report_of_run)
            WHERE run_id = UNHEX(?)
            GROUP BY 1""";
    // Left to itself MySQL reads all reports there are in the order of their ids until it has a page of this run's.
    private static final String LINES =
            """
            SELECT STRAIGHT_JOIN LOWER(HEX(r.id)) AS id, rc.user_id, r.status, r.delivery AS mode, r.attempt, r.generated_at, r.delivered_at, r.error,
                   d.address, d.attempts, d.message_id, d.outcome, d.reply, d.unknown_before <> 0 AS unknown_before
            FROM report r FORCE INDEX (report_of_run)
            JOIN recipient rc ON rc.tenant_id = r.tenant_id AND rc.id = r.recipient_id
            LEFT JOIN delivery d ON d.tenant_id = r.tenant_id AND d.report_id = r.id
              AND d.number = (SELECT MAX(l.number) FROM delivery l WHERE l.tenant_id = r.tenant_id AND l.report_id = r.id)
            WHERE r.run_id = UNHEX(?) AND r.id > UNHEX(?)
            ORDER BY r.id
            LIMIT ?""";

    private final Database database;

    Ledgers(Database database) {
        this.database = database;
    }

    /** The sums of a run; empty where the scope has no such run. */
    public Uni<Optional<Ledger>> find(Scope scope, String runId) {
        if (!Ids.isId(runId)) {
            return Uni.createFrom().item(Optional.empty());
        }
        var where = scope.within(new QueryConditions().and("r.id = UNHEX(?)", runId), "r");
        return database.client().preparedQuery(RUN + where.sql()).execute(where.with()).flatMap(rows -> rows.size() == 0
                ? Uni.createFrom().item(Optional.empty())
                : sums(runId, rows.iterator().next()).map(Optional::of));
    }

    private Uni<Ledger> sums(String runId, Row run) {
        return database.client().preparedQuery(SUMS).execute(Tuple.of(runId)).map(rows -> new Ledger(
                run.getInteger("due"),
                sum(rows, ReportStatus.DELIVERED.text()),
                sum(rows, ReportStatus.GENERATED.text()),
                sum(rows, ReportStatus.BOUNCED.text()),
                sum(rows, ReportStatus.UNKNOWN.text()),
                sum(rows, ReportStatus.FAILED.text()),
                sum(rows, ReportStatus.SUPPRESSED.text()),
                sum(rows, ReportStatus.SKIPPED.text()),
                sum(rows, ReportStatus.CANCELLED.text()),
                sum(rows, "open"),
                run.getInteger("growing") == 0));
    }

    private static int sum(RowSet<Row> rows, String status) {
        return StreamSupport.stream(rows.spliterator(), false)
                .filter(row -> row.getString("status").equals(status))
                .mapToInt(row -> row.getLong("n").intValue())
                .sum();
    }

    /**
     * What became of one recipient's report.
     *
     * @param status as the sums count it: {@code open} while it is not at its end
     * @param unknownBefore whether an earlier attempt may have gone out as well: a possible duplicate
     * @param detail why it failed, or what the mail server said
     */
    public record Line(
            String recipient, String report, String status, String generatedAt, String deliveredAt, String to, String messageId,
            String outcome, int attempts, boolean unknownBefore, String detail) {}

    /** The lines of a run that the caller has found to be visible, in the order in which its reports were queued, a page at a time. */
    public Multi<Line> lines(String runId) {
        return Keyset.rows(Ids.NONE, after -> page(runId, after), Line::report);
    }

    private Uni<List<Line>> page(String runId, String after) {
        return database.client()
                .preparedQuery(LINES)
                .execute(Tuple.of(runId, after, PAGE))
                .map(rows -> StreamSupport.stream(rows.spliterator(), false).map(Ledgers::line).toList());
    }

    private static Line line(Row row) {
        var begun = row.getString("address") != null;
        var open = row.getString("status").equals(ReportStatus.QUEUED.text())
                || row.getString("status").equals(ReportStatus.GENERATED.text())
                        && !row.getString("mode").equals(DeliveryMode.NONE.text());
        return new Line(
                row.getString("user_id"),
                row.getString("id"),
                open ? "open" : row.getString("status"),
                text(row, "generated_at"),
                text(row, "delivered_at"),
                row.getString("address"),
                row.getString("message_id"),
                row.getString("outcome"),
                begun ? row.getInteger("attempts") : 0,
                begun && row.getInteger("unknown_before") != 0,
                row.getString("error") == null ? row.getString("reply") : row.getString("error"));
    }

    private static String text(Row row, String column) {
        var instant = Utc.instant(row.getLocalDateTime(column));
        return instant == null ? null : instant.toString();
    }
}

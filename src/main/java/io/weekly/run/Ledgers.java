package io.weekly.run;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
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
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/** Reads the ledger of a run from its reports: the sums by status, and one line for each recipient. */
@ApplicationScoped
public class Ledgers {

    private static final int PAGE = 500;

    private final Database database;

    Ledgers(Database database) {
        this.database = database;
    }

    // A cancelled run with an open cursor may still get the chunk that was being queued.
    private static final String RUN =
            """
            SELECT r.due, r.state = 'enqueuing' OR r.state = 'cancelled' AND EXISTS (
                       SELECT 1 FROM run_cursor open WHERE open.tenant_id = r.tenant_id AND open.run_id = r.id) AS growing
            FROM run r
            """;

    /** The sums of a run; empty if the scope sees no such run. */
    public Uni<Optional<Ledger>> find(Scope scope, String runId) {
        if (!Ids.isId(runId)) {
            return Uni.createFrom().item(Optional.empty());
        }
        var where = scope.within(new QueryConditions().and("r.id = UNHEX(?)", runId), "r");
        return database.client().preparedQuery(RUN + where.sql()).execute(where.with()).flatMap(rows -> rows.size() == 0
                ? Uni.createFrom().item(Optional.empty())
                : sums(runId, rows.iterator().next()).map(Optional::of));
    }

    // Generated is an end if nothing is delivered, else open: the mail is still to be sent.
    private static final String SUMS =
            """
            SELECT IF(status = 'queued' OR status = 'generated' AND delivery <> 'none', 'open', status) AS status, COUNT(*) AS n
            FROM report FORCE INDEX (report_of_run)
            WHERE run_id = UNHEX(?)
            GROUP BY 1""";

    private Uni<Ledger> sums(String runId, Row run) {
        return database.client().preparedQuery(SUMS).execute(Tuple.of(runId)).map(rows -> {
            var counts = new HashMap<String, Integer>();
            rows.forEach(row -> counts.put(row.getString("status"), row.getLong("n").intValue()));
            return Ledger.of(run.getInteger("due"), run.getInteger("growing") == 0, counts);
        });
    }

    /**
     * The result of one recipient's report.
     *
     * @param status as in the sums: {@code open} until the report has ended
     * @param to the address of the last mail; null if no mail was tried; messageId and outcome are null then too
     * @param unknownBefore whether an earlier attempt may have sent the mail as well: a possible duplicate
     * @param detail why it failed, or the reply of the mail server; null if there is neither
     */
    public record Line(
            String recipient, String report, String status, @Nullable String generatedAt, @Nullable String deliveredAt,
            @Nullable String to, @Nullable String messageId, @Nullable String outcome, int attempts, boolean unknownBefore,
            @Nullable String detail) {}

    /**
     * The lines of a run in the order in which its reports were queued, read page by page. The caller has checked that the scope sees the
     * run.
     */
    public Multi<Line> lines(String runId) {
        return Keyset.rows(Ids.NONE, after -> page(runId, after), Line::report);
    }

    // Without the index MySQL reads all reports of all runs in the order of their ids until it has found a page of this run.
    private static final String LINES =
            """
            SELECT STRAIGHT_JOIN LOWER(HEX(r.id)) AS id, rc.user_id, r.status, r.delivery AS mode, r.attempt, r.generated_at,
                   r.delivered_at, r.error, NULLIF(d.address, '') AS address, d.attempts, d.message_id, d.outcome, d.reply,
                   d.unknown_before <> 0 AS unknown_before
            FROM report r FORCE INDEX (report_of_run)
            JOIN recipient rc ON rc.tenant_id = r.tenant_id AND rc.id = r.recipient_id
            LEFT JOIN delivery d ON d.tenant_id = r.tenant_id AND d.report_id = r.id
              AND d.number = (SELECT MAX(l.number) FROM delivery l WHERE l.tenant_id = r.tenant_id AND l.report_id = r.id)
            WHERE r.run_id = UNHEX(?) AND r.id > UNHEX(?)
            ORDER BY r.id
            LIMIT ?""";

    private Uni<List<Line>> page(String runId, String after) {
        return database.client()
                .preparedQuery(LINES)
                .execute(Tuple.of(runId, after, PAGE))
                .map(rows -> StreamSupport.stream(rows.spliterator(), false).map(Ledgers::line).toList());
    }

    private static Line line(Row row) {
        // The address may have been erased.
        var tried = row.getInteger("attempts") != null;
        var open = row.getString("status").equals(ReportStatus.QUEUED.text())
                || row.getString("status").equals(ReportStatus.GENERATED.text())
                        && !row.getString("mode").equals(DeliveryMode.NONE.text());
        return new Line(
                row.getString("user_id"),
                row.getString("id"),
                open ? Ledger.OPEN : row.getString("status"),
                text(row, "generated_at"),
                text(row, "delivered_at"),
                row.getString("address"),
                row.getString("message_id"),
                row.getString("outcome"),
                tried ? row.getInteger("attempts") : 0,
                tried && row.getInteger("unknown_before") != 0,
                row.getString("error") == null ? row.getString("reply") : row.getString("error"));
    }

    private static @Nullable String text(Row row, String column) {
        var instant = Utc.instant(row.getLocalDateTime(column));
        return instant == null ? null : instant.toString();
    }
}

package io.weekly.run;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlClient;
import io.vertx.mutiny.sqlclient.Tuple;
import io.weekly.database.Ids;
import io.weekly.database.Utc;
import io.weekly.queue.JobQueue;
import io.weekly.report.ReportStatus;
import io.weekly.report.RunCounters;
import io.weekly.report.RunDelta;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Queues the reports of a run: one statement for each chunk inserts the reports, and another one their jobs. {@link AlreadySent} decides
 * which recipients get no report of a schedule's run.
 */
@ApplicationScoped
class RunReports {

    private final JobQueue queue;
    private final RunTransitions transitions;
    private final AlreadySent alreadySent;
    private final RunAudit audit;
    private final Clock clock;

    RunReports(JobQueue queue, RunTransitions transitions, AlreadySent alreadySent, RunAudit audit, Clock clock) {
        this.queue = queue;
        this.transitions = transitions;
        this.alreadySent = alreadySent;
        this.audit = audit;
        this.clock = clock;
    }

    /** Queues the reports of the recipients with ids greater than {@code after}, up to and including {@code upTo}. */
    Uni<Void> queueChunk(SqlClient transaction, LockedRun run, long after, long upTo) {
        return insert(transaction, run, after, upTo).flatMap(inserted -> inserted == 0
                ? Uni.createFrom().voidItem()
                : queue.enqueue(transaction, run.chunk(inserted, after, upTo)).flatMap(_ -> count(transaction, run, inserted)));
    }

    // The id is a UUIDv7 (RFC 9562): the time, then the recipient's number as the counter of section 6.2, method 1, so that the rows of a
    // chunk are inserted in the order of their keys, then 60 bits from a random seed and the recipient.
    private static final String INSERT =
            """
            INSERT IGNORE INTO report (tenant_id, id, recipient_id, definition, period, revision, request, run_id, priority, formats,
                                       delivery, status, attempt, created_at, incarnation)
            SELECT rc.tenant_id,
                   UNHEX(CONCAT(?, '7', LPAD(HEX(rc.id %% 4096), 3, '0'), '8', SUBSTR(SHA2(CONCAT(?, rc.id), 256), 1, 15))),
                   rc.id, r.definition, r.period, r.revision, UNHEX(?), r.id, 'bulk', r.formats, r.delivery, 'queued', 0, ?, rc.incarnation
            FROM recipient rc
            JOIN run r ON r.tenant_id = rc.tenant_id AND r.id = UNHEX(?)
            WHERE rc.tenant_id = ? AND rc.id > ? AND rc.id <= ? AND rc.active AND rc.ended_at IS NULL%s
            ORDER BY rc.id""";

    private Uni<Integer> insert(SqlClient transaction, LockedRun run, long after, long upTo) {
        var values = new ArrayList<Object>(List.of(
                Ids.time(clock), Ids.next(clock), Ids.NONE, Utc.column(clock.instant()), run.id(), run.tenantId(), after, upTo));
        values.addAll(run.tags());
        return transaction
                .preparedQuery(INSERT.formatted(run.audienceCondition() + withoutReport(run)))
                .execute(Tuple.from(values))
                .map(inserted -> inserted.rowCount());
    }

    /** A run by hand makes the reports of all recipients, because that is what its caller asked for. */
    private String withoutReport(LockedRun run) {
        return run.scheduled() ? "\n  AND NOT " + alreadySent.condition(run) : "";
    }

    /** The row of the run comes last: its lock keeps the other chunks of the run waiting until this transaction ends. */
    private Uni<Void> count(SqlClient transaction, LockedRun run, int reports) {
        var queued = new RunDelta(run.tenantId(), run.id(), ReportStatus.QUEUED, reports);
        return RunCounters.add(transaction, List.of(queued))
                .flatMap(_ -> audit.append(transaction, run.tenantId(), run.id(), "run.reports-queued", Map.of("reports", reports)))
                .flatMap(_ -> transitions.grow(transaction, run, reports));
    }
}

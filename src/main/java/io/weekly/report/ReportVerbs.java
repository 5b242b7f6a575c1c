package io.weekly.report;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlClient;
import io.vertx.mutiny.sqlclient.Tuple;
import io.weekly.audit.AuditEvent;
import io.weekly.audit.AuditLog;
import io.weekly.database.Database;
import io.weekly.delivery.Deliveries;
import io.weekly.queue.JobQueue;
import io.weekly.queue.JobSignal;
import io.weekly.queue.Lane;
import io.weekly.tenant.Scope;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;

/** What one does with a single report: cancels it, has it tried again, has it sent again. {@link ReportVerb} says when that is allowed. */
@ApplicationScoped
public class ReportVerbs {

    private static final String GENERATE =
            """
            UPDATE report
            SET status = 'queued', attempt = 0, error = NULL, generated_at = NULL, delivered_at = NULL, changes = changes + 1
            WHERE tenant_id = ? AND id = UNHEX(?)""";
    // What is made anew may be in fewer formats, for another password, or a note: what had expired must not go with it.
    private static final String NO_FILES =
            """
            DELETE FROM file
            WHERE tenant_id = ? AND report_id = UNHEX(?)""";
    private static final String DELIVER =
            """
            UPDATE report
            SET status = 'generated', delivery = IF(delivery = 'none', 'attachment', delivery), attempt = 0, error = NULL,
                delivered_at = NULL, changes = changes + 1
            WHERE tenant_id = ? AND id = UNHEX(?)""";

    private final Database database;
    private final ReportLocks locks;
    private final JobQueue queue;
    private final JobSignal signal;
    private final Deliveries deliveries;
    private final RunReopening runs;
    private final AuditLog audit;
    private final Clock clock;

    ReportVerbs(
            Database database,
            ReportLocks locks,
            JobQueue queue,
            JobSignal signal,
            Deliveries deliveries,
            RunReopening runs,
            AuditLog audit,
            Clock clock) {
        this.database = database;
        this.locks = locks;
        this.queue = queue;
        this.signal = signal;
        this.deliveries = deliveries;
        this.runs = runs;
        this.audit = audit;
        this.clock = clock;
    }

    /** What became of it. */
    public sealed interface Answer {
        /** It is done, or has begun. */
        record Done() implements Answer {}

        /** Where the report is does not allow it; the reason says where that is and what it does allow. */
        record NotAllowed(String reason) implements Answer {}

        /** The scope sees no such report. */
        record NotThere() implements Answer {}
    }

    /** Takes back what has not started: nothing more is generated, and nothing is mailed. */
    public Uni<Answer> cancel(Scope scope, String reportId, String actor) {
        return locked(scope, reportId, ReportVerb.CANCELLATION, (transaction, report) -> {
            var event = event(report, actor, "report.cancelled", Map.of("was", report.stored()));
            return queue.discard(transaction, report.job())
                    .flatMap(_ -> CancelledReports.cancel(transaction, report.tenantId(), List.of(report.id())))
                    .flatMap(_ -> count(transaction, report, ReportStatus.CANCELLED))
                    .flatMap(changed -> audit.append(transaction, event));
        });
    }

    /**
     * Lets it go on where it stopped: what was generated is not generated again unless it has expired, and a mail that was tried before
     * keeps its Message-ID.
     */
    public Uni<Answer> retry(Scope scope, String reportId, String actor) {
        return locked(scope, reportId, ReportVerb.RETRY, (transaction, report) -> {
            var lane = report.kept() ? Lane.DELIVER : Lane.GENERATE;
            var event = event(report, actor, "report.retried", Map.of("was", report.stored(), "lane", lane.sql()));
            return deliveries.again(transaction, report.tenantId(), report.id(), clock.instant())
                    .flatMap(flagged -> lane == Lane.GENERATE ? forgetFiles(transaction, report) : Uni.createFrom().voidItem())
                    .flatMap(forgotten -> goOn(transaction, report, lane, actor))
                    .flatMap(enqueued -> audit.append(transaction, event));
        });
    }

    private static Uni<Void> forgetFiles(SqlClient transaction, LockedReport report) {
        return transaction.preparedQuery(NO_FILES).execute(Tuple.of(report.tenantId(), report.id())).replaceWithVoid();
    }

    /** Sends it again, or for the first time where it was only to be fetched: a new delivery with a Message-ID of its own. */
    public Uni<Answer> deliver(Scope scope, String reportId, String actor) {
        return locked(scope, reportId, ReportVerb.DELIVERIES, (transaction, report) -> goOn(transaction, report, Lane.DELIVER, actor)
                .flatMap(enqueued -> deliveries.next(transaction, report.tenantId(), report.id(), clock.instant()))
                .map(number -> event(
                        report, actor, "report.delivery-requested", Map.of("was", report.stored(), "number", number)))
                .flatMap(event -> audit.append(transaction, event)));
    }

    private Uni<Answer> locked(
            Scope scope, String reportId, ReportVerb verb, BiFunction<SqlClient, LockedReport, Uni<Void>> work) {
        return database.transaction(transaction -> locks.lock(transaction, scope, reportId).flatMap(found -> {
                    if (found.isEmpty()) {
                        return Uni.createFrom().<Answer>item(new Answer.NotThere());
                    }
                    var standing = found.get().standing();
                    return verb.isAllowed(standing)
                            ? work.apply(transaction, found.get()).replaceWith(new Answer.Done())
                            : Uni.createFrom().item(new Answer.NotAllowed(verb.refusal(standing)));
                }))
                .invoke(answer -> database.afterCommit(this::wakeLanes));
    }

    private void wakeLanes() {
        signal.ready(Lane.GENERATE);
        signal.ready(Lane.DELIVER);
    }

    private Uni<Void> goOn(SqlClient transaction, LockedReport report, Lane lane, String actor) {
        var generated = lane == Lane.DELIVER;
        var to = generated ? ReportStatus.GENERATED : ReportStatus.QUEUED;
        return change(transaction, report, generated ? DELIVER : GENERATE, to)
                // First its turn and then the run, as a chunk of the run that is being enqueued takes them.
                .flatMap(changed -> queue.enqueue(transaction, lane, report.priority(), report.tenantId(), List.of(report.id())))
                .flatMap(_ -> report.runId() == null
                        ? Uni.createFrom().voidItem()
                        : runs.reopen(transaction, report.tenantId(), report.runId(), report.id(), to, actor));
    }

    private static Uni<Void> change(SqlClient transaction, LockedReport report, String change, ReportStatus to) {
        return transaction
                .preparedQuery(change)
                .execute(Tuple.of(report.tenantId(), report.id()))
                .flatMap(_ -> count(transaction, report, to));
    }

    private static Uni<Void> count(SqlClient transaction, LockedReport report, ReportStatus to) {
        return RunCounters.add(transaction, RunDelta.of(report.tenantId(), report.runId(), report.stored(), to));
    }

    private AuditEvent event(LockedReport report, String actor, String action, Map<String, Object> detail) {
        return new AuditEvent(report.tenantId(), clock.instant(), actor, action, report.id(), detail);
    }
}

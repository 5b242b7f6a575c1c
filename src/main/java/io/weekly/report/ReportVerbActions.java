package io.weekly.report;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlClient;
import io.weekly.audit.AuditEvent;
import io.weekly.audit.AuditLog;
import io.weekly.delivery.Deliveries;
import io.weekly.queue.JobQueue;
import io.weekly.queue.Lane;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.List;
import java.util.Map;

/** What each {@link ReportVerb} does to a locked report, in the caller's transaction. */
@ApplicationScoped
class ReportVerbActions {

    private final JobQueue queue;
    private final Deliveries deliveries;
    private final RunReopening runs;
    private final AuditLog audit;
    private final Clock clock;

    ReportVerbActions(JobQueue queue, Deliveries deliveries, RunReopening runs, AuditLog audit, Clock clock) {
        this.queue = queue;
        this.deliveries = deliveries;
        this.runs = runs;
        this.audit = audit;
        this.clock = clock;
    }

    /** Removes the job and sets the report to cancelled. */
    Uni<Void> cancel(SqlClient transaction, LockedReport report, String actor) {
        return queue.discard(transaction, report.job())
                .flatMap(_ -> ReportTransitions.cancel(transaction, report.tenantId(), List.of(report.id())))
                .flatMap(_ -> count(transaction, report, ReportStatus.CANCELLED))
                .flatMap(_ -> append(transaction, report, actor, "report.cancelled", Map.of("was", report.stored())));
    }

    /** Enqueues the stage that did not succeed: the delivery if the files still exist, else the generation. */
    Uni<Void> retry(SqlClient transaction, LockedReport report, String actor) {
        var lane = report.kept() ? Lane.DELIVER : Lane.GENERATE;
        return deliveries.again(transaction, report.tenantId(), report.id(), clock.instant())
                .flatMap(_ -> lane == Lane.GENERATE
                        ? generateAgain(transaction, report, actor)
                        : deliverAgain(transaction, report, actor))
                .flatMap(_ -> append(transaction, report, actor, "report.retried", Map.of("was", report.stored(), "lane", lane.sql())));
    }

    /** Enqueues a delivery with a Message-ID of its own. */
    Uni<Void> deliver(SqlClient transaction, LockedReport report, String actor) {
        return deliverAgain(transaction, report, actor)
                .flatMap(_ -> deliveries.next(transaction, report.tenantId(), report.id(), clock.instant()))
                .flatMap(number -> append(
                        transaction, report, actor, "report.delivery-requested", Map.of("was", report.stored(), "number", number)));
    }

    private Uni<Void> generateAgain(SqlClient transaction, LockedReport report, String actor) {
        return ReportStages.deleteFiles(transaction, report.tenantId(), report.id())
                .flatMap(_ -> ReportWarnings.delete(transaction, report.tenantId(), report.id()))
                .flatMap(_ -> ReportTransitions.generateAgain(transaction, report))
                .flatMap(_ -> enqueue(transaction, report, Lane.GENERATE, ReportStatus.QUEUED, actor));
    }

    private Uni<Void> deliverAgain(SqlClient transaction, LockedReport report, String actor) {
        return ReportTransitions.deliverAgain(transaction, report)
                .flatMap(_ -> enqueue(transaction, report, Lane.DELIVER, ReportStatus.GENERATED, actor));
    }

    private Uni<Void> enqueue(SqlClient transaction, LockedReport report, Lane lane, ReportStatus to, String actor) {
        return count(transaction, report, to)
                // The job before the run: a run that enqueues a chunk of its reports locks them in this order too.
                .flatMap(_ -> queue.enqueue(transaction, lane, report.priority(), report.tenantId(), List.of(report.id())))
                .flatMap(_ -> report.runId() == null
                        ? Uni.createFrom().voidItem()
                        : runs.reopen(transaction, report.tenantId(), report.runId(), report.id(), to, actor));
    }

    private static Uni<Void> count(SqlClient transaction, LockedReport report, ReportStatus to) {
        return RunCounters.add(transaction, RunDelta.of(report.tenantId(), report.runId(), report.stored(), to));
    }

    private Uni<Void> append(SqlClient transaction, LockedReport report, String actor, String action, Map<String, Object> detail) {
        return audit.append(transaction, new AuditEvent(report.tenantId(), clock.instant(), actor, action, report.id(), detail));
    }
}

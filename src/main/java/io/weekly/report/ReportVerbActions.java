package io.weekly.report;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlClient;
import io.weekly.audit.AuditEvent;
import io.weekly.audit.AuditLog;
import io.weekly.delivery.Deliveries;
import io.weekly.queue.JobQueue;
import io.weekly.queue.Lane;
import io.weekly.queue.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.ArrayList;
import java.util.EnumMap;
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
                .flatMap(_ -> count(transaction, List.of(report), ReportStatus.CANCELLED))
                .flatMap(_ -> append(transaction, report, actor, "report.cancelled", Map.of("was", report.stored())));
    }

    /**
     * Enqueues the stage that did not succeed: the delivery if the files still exist, else the generation.
     *
     * @param reports a single report, or several of one run; at least one
     */
    Uni<Void> retry(SqlClient transaction, List<LockedReport> reports, String actor) {
        var withFiles = reports.stream().filter(LockedReport::kept).toList();
        var withoutFiles = reports.stream().filter(report -> !report.kept()).toList();
        return deliveries.again(transaction, reports.getFirst().tenantId(), ids(reports), clock.instant())
                .flatMap(_ -> generateAgain(transaction, withoutFiles))
                .flatMap(_ -> deliverAgain(transaction, withFiles))
                // The jobs before the run: a run that enqueues a chunk of its reports locks them in this order too.
                .flatMap(_ -> reopen(transaction, withoutFiles, ReportStatus.QUEUED, actor))
                .flatMap(_ -> reopen(transaction, withFiles, ReportStatus.GENERATED, actor))
                .flatMap(_ -> audit.append(transaction, reports.stream().map(report -> retried(report, actor)).toList()));
    }

    private AuditEvent retried(LockedReport report, String actor) {
        var lane = report.kept() ? Lane.DELIVER : Lane.GENERATE;
        return event(report, actor, "report.retried", Map.of("was", report.stored(), "lane", lane.sql()));
    }

    /** Enqueues a delivery with a Message-ID of its own. */
    Uni<Void> deliver(SqlClient transaction, LockedReport report, String actor) {
        return deliverAgain(transaction, List.of(report))
                .flatMap(_ -> reopen(transaction, List.of(report), ReportStatus.GENERATED, actor))
                .flatMap(_ -> deliveries.next(transaction, report.tenantId(), report.id(), clock.instant()))
                .flatMap(number -> append(
                        transaction, report, actor, "report.delivery-requested", Map.of("was", report.stored(), "number", number)));
    }

    private Uni<Void> generateAgain(SqlClient transaction, List<LockedReport> reports) {
        if (reports.isEmpty()) {
            return Uni.createFrom().voidItem();
        }
        var tenantId = reports.getFirst().tenantId();
        return ReportStages.deleteFiles(transaction, tenantId, ids(reports))
                .flatMap(_ -> ReportWarnings.delete(transaction, tenantId, ids(reports)))
                .flatMap(_ -> ReportTransitions.generateAgain(transaction, tenantId, ids(reports)))
                .flatMap(_ -> enqueue(transaction, reports, Lane.GENERATE, ReportStatus.QUEUED));
    }

    private Uni<Void> deliverAgain(SqlClient transaction, List<LockedReport> reports) {
        return reports.isEmpty()
                ? Uni.createFrom().voidItem()
                : ReportTransitions.deliverAgain(transaction, reports.getFirst().tenantId(), ids(reports))
                        .flatMap(_ -> enqueue(transaction, reports, Lane.DELIVER, ReportStatus.GENERATED));
    }

    private Uni<Void> enqueue(SqlClient transaction, List<LockedReport> reports, Lane lane, ReportStatus to) {
        var byPriority = new EnumMap<Priority, List<LockedReport>>(Priority.class);
        reports.forEach(report -> byPriority.computeIfAbsent(report.priority(), _ -> new ArrayList<>()).add(report));
        return count(transaction, reports, to).flatMap(_ -> Multi.createFrom()
                .iterable(byPriority.entrySet())
                .onItem()
                .transformToUniAndConcatenate(same -> queue.enqueue(
                        transaction, lane, same.getKey(), reports.getFirst().tenantId(), ids(same.getValue())))
                .collect()
                .last()
                .replaceWithVoid());
    }

    private Uni<Void> reopen(SqlClient transaction, List<LockedReport> reports, ReportStatus from, String actor) {
        var runId = reports.isEmpty() ? null : reports.getFirst().runId();
        return runId == null
                ? Uni.createFrom().voidItem()
                : runs.reopen(transaction, reports.getFirst().tenantId(), runId, ids(reports), from, actor);
    }

    private static Uni<Void> count(SqlClient transaction, List<LockedReport> reports, ReportStatus to) {
        return RunCounters.add(transaction, RunDelta.sums(reports.stream()
                .flatMap(report -> RunDelta.of(report.tenantId(), report.runId(), report.stored(), to).stream())
                .toList()));
    }

    private Uni<Void> append(SqlClient transaction, LockedReport report, String actor, String action, Map<String, Object> detail) {
        return audit.append(transaction, event(report, actor, action, detail));
    }

    private AuditEvent event(LockedReport report, String actor, String action, Map<String, Object> detail) {
        return new AuditEvent(report.tenantId(), clock.instant(), actor, action, report.id(), detail);
    }

    private static List<String> ids(List<LockedReport> reports) {
        return reports.stream().map(LockedReport::id).toList();
    }
}

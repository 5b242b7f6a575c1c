package io.weekly.worker;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlClient;
import io.weekly.audit.AuditLog;
import io.weekly.delivery.Deliveries;
import io.weekly.queue.JobQueue;
import io.weekly.queue.Lane;
import io.weekly.queue.Lease;
import io.weekly.queue.Priority;
import io.weekly.report.DeliveryMode;
import io.weekly.report.ReportStages;
import io.weekly.report.ReportTask;
import io.weekly.report.ReportTransitions;
import io.weekly.report.StoredFile;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The rows of a batch of ended stages: status, files, delivery, audit, and what becomes of each job; in one transaction, in one order. */
@ApplicationScoped
class OutcomeWriter {

    private final ReportStages reports;
    private final Deliveries deliveries;
    private final JobQueue queue;
    private final AuditLog audit;

    OutcomeWriter(ReportStages reports, Deliveries deliveries, JobQueue queue, AuditLog audit) {
        this.reports = reports;
        this.deliveries = deliveries;
        this.queue = queue;
        this.audit = audit;
    }

    /** Writes all of it; the caller holds the locks of the jobs. */
    Uni<Void> write(SqlClient transaction, List<Finished> batch) {
        var changes = batch.stream().flatMap(finished -> Verdict.change(finished).stream()).toList();
        var events = batch.stream().flatMap(finished -> Verdict.event(finished).stream()).toList();
        return ReportTransitions.endStages(transaction, changes)
                .flatMap(done -> reports.store(transaction, files(batch)))
                .flatMap(done -> deliveries.end(transaction, deliveryEnds(batch)))
                .flatMap(done -> queue.complete(transaction, completed(batch)))
                .flatMap(done -> retry(transaction, batch))
                .flatMap(done -> enqueueDeliveries(transaction, batch))
                .flatMap(done -> audit.append(transaction, events));
    }

    private static Map<ReportTask, List<StoredFile>> files(List<Finished> batch) {
        var files = new LinkedHashMap<ReportTask, List<StoredFile>>();
        for (var finished : batch) {
            if (finished.outcome() instanceof Outcome.Generated generated) {
                files.put(finished.report().orElseThrow(), generated.files());
            }
        }
        return files;
    }

    private static List<Deliveries.End> deliveryEnds(List<Finished> batch) {
        var ends = new ArrayList<Deliveries.End>();
        for (var finished : batch) {
            finished.handOver()
                    .ifPresent(handOver -> ends.add(new Deliveries.End(
                            finished.lease().tenantId(), finished.lease().reportId(), handOver, finished.endedAt())));
        }
        return ends;
    }

    private static List<Lease> completed(List<Finished> batch) {
        return batch.stream()
                .filter(finished -> !Verdict.isTriedAgain(finished.outcome()))
                .map(Finished::lease)
                .toList();
    }

    private Uni<Void> retry(SqlClient transaction, List<Finished> batch) {
        return Multi.createFrom()
                .iterable(batch)
                .onItem()
                .transformToUniAndConcatenate(finished -> switch (finished.outcome()) {
                    case Outcome.Again again -> queue.retry(transaction, finished.lease(), again.pause(), false);
                    case Outcome.AgainAfterUnknown again -> queue.retry(transaction, finished.lease(), again.pause(), true);
                    case Outcome.Deferred deferred -> queue.defer(transaction, finished.lease(), deferred.pause());
                    case Outcome.PutOff putOff -> queue.putOff(transaction, finished.lease(), putOff.pause());
                    default -> Uni.createFrom().voidItem();
                })
                .collect()
                .last()
                .replaceWithVoid();
    }

    private Uni<Void> enqueueDeliveries(SqlClient transaction, List<Finished> batch) {
        // Sorted: two batches that reserve turns of the same tenants never wait for each other in a circle.
        Map<Share, List<String>> shares = new TreeMap<>();
        for (var finished : batch) {
            if (finished.outcome() instanceof Outcome.Generated
                    && finished.report().orElseThrow().delivery() != DeliveryMode.NONE) {
                var share = new Share(finished.lease().priority(), finished.lease().tenantId());
                shares.computeIfAbsent(share, first -> new ArrayList<>()).add(finished.lease().reportId());
            }
        }
        return Multi.createFrom()
                .iterable(shares.entrySet())
                .onItem()
                .transformToUniAndConcatenate(share -> queue.enqueue(
                        transaction, Lane.DELIVER, share.getKey().priority(), share.getKey().tenantId(), share.getValue()))
                .collect()
                .last()
                .replaceWithVoid();
    }

    /** Whose turns are reserved together. */
    private record Share(Priority priority, int tenantId) implements Comparable<Share> {
        @Override
        public int compareTo(Share other) {
            var byPriority = priority.compareTo(other.priority);
            return byPriority != 0 ? byPriority : Integer.compare(tenantId, other.tenantId);
        }
    }
}

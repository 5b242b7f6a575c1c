package io.weekly.worker;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlClient;
import io.weekly.audit.AuditLog;
import io.weekly.delivery.Deliveries;
import io.weekly.delivery.DomainReplies;
import io.weekly.queue.JobQueue;
import io.weekly.queue.Lane;
import io.weekly.queue.Lease;
import io.weekly.queue.Priority;
import io.weekly.report.DeliveryMode;
import io.weekly.report.ReportStages;
import io.weekly.report.ReportTask;
import io.weekly.report.ReportTransitions;
import io.weekly.report.ReportWarnings;
import io.weekly.report.StoredFile;
import io.weekly.text.Warning;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Writes a batch of finished stages: status, files, warnings, delivery, addresses, job, audit events and what domains replied, always in
 * this order and in the caller's transaction.
 */
@ApplicationScoped
class OutcomeWriter {

    private final ReportStages reports;
    private final Deliveries deliveries;
    private final AddressOutcomes addresses;
    private final JobQueue queue;
    private final DomainReplies domains;
    private final AuditLog audit;

    OutcomeWriter(
            ReportStages reports, Deliveries deliveries, AddressOutcomes addresses, JobQueue queue, DomainReplies domains, AuditLog audit) {
        this.reports = reports;
        this.deliveries = deliveries;
        this.addresses = addresses;
        this.queue = queue;
        this.domains = domains;
        this.audit = audit;
    }

    /** Writes all of it. The caller holds the locks of the jobs. Returns what changed for whole domains. */
    Uni<List<DomainReplies.Change>> write(SqlClient transaction, List<FinishedStage> batch) {
        var changes = batch.stream().flatMap(finished -> finished.change().stream()).toList();
        var events = batch.stream().flatMap(finished -> Stream.concat(finished.event().stream(), finished.warned().stream())).toList();
        return ReportTransitions.endStages(transaction, changes)
                .flatMap(_ -> reports.store(transaction, files(batch)))
                .flatMap(_ -> ReportWarnings.store(transaction, warnings(batch)))
                .flatMap(_ -> deliveries.end(transaction, deliveryEnds(batch)))
                .flatMap(_ -> addresses.write(transaction, batch))
                .flatMap(_ -> queue.complete(transaction, completed(batch)))
                .flatMap(_ -> scheduleRetries(transaction, batch))
                .flatMap(_ -> enqueueDeliveries(transaction, batch))
                .flatMap(_ -> audit.append(transaction, events))
                // The rows of domains are shared by all processes, so they are locked last.
                .flatMap(_ -> domains.record(transaction, replies(batch)));
    }

    private static Map<ReportTask, List<StoredFile>> files(List<FinishedStage> batch) {
        var files = new LinkedHashMap<ReportTask, List<StoredFile>>();
        for (var finished : batch) {
            if (finished.outcome() instanceof Outcome.Generated generated) {
                files.put(finished.report().orElseThrow(), generated.files());
            }
        }
        return files;
    }

    private static Map<ReportTask, List<Warning>> warnings(List<FinishedStage> batch) {
        var warnings = new LinkedHashMap<ReportTask, List<Warning>>();
        for (var finished : batch) {
            if (finished.outcome() instanceof Outcome.Generated generated) {
                warnings.put(finished.report().orElseThrow(), generated.warnings());
            }
        }
        return warnings;
    }

    private static List<Deliveries.End> deliveryEnds(List<FinishedStage> batch) {
        var ends = new ArrayList<Deliveries.End>();
        for (var finished : batch) {
            finished.outcome()
                    .handOver()
                    .ifPresent(handOver -> ends.add(new Deliveries.End(
                            finished.lease().tenantId(), finished.lease().reportId(), handOver, finished.endedAt())));
        }
        return ends;
    }

    private static List<DomainReplies.Reply> replies(List<FinishedStage> batch) {
        var replies = new ArrayList<DomainReplies.Reply>();
        for (var finished : batch) {
            var report = finished.report();
            if (report.isPresent()) {
                var domain = DomainReplies.domain(report.get().address());
                finished.outcome().handOver().ifPresent(end -> replies.add(new DomainReplies.Reply(domain, end, finished.endedAt())));
            }
        }
        return replies;
    }

    private static List<Lease> completed(List<FinishedStage> batch) {
        return batch.stream()
                .filter(finished -> !finished.isTriedAgain())
                .map(FinishedStage::lease)
                .toList();
    }

    private Uni<Void> scheduleRetries(SqlClient transaction, List<FinishedStage> batch) {
        return Multi.createFrom()
                .iterable(batch)
                .onItem()
                .transformToUniAndConcatenate(finished -> finished.outcome() instanceof Outcome.Retry retry
                        ? retry(transaction, finished.lease(), retry)
                        : Uni.createFrom().voidItem())
                .collect()
                .last()
                .replaceWithVoid();
    }

    private Uni<Void> retry(SqlClient transaction, Lease lease, Outcome.Retry retry) {
        return switch (retry.cause()) {
            case FAILURE, UNKNOWN -> queue.retry(transaction, lease, retry.pause(), retry.cause().mailMayBeOut());
            case DEFERRAL -> queue.defer(transaction, lease, retry.pause());
            case NOT_BEGUN, NO_SLOT, DOMAIN -> queue.putOff(transaction, lease, retry.pause());
        };
    }

    private Uni<Void> enqueueDeliveries(SqlClient transaction, List<FinishedStage> batch) {
        // Sorted, so that two batches that reserve turns of the same tenants cannot deadlock.
        Map<Share, List<String>> shares = new TreeMap<>();
        for (var finished : batch) {
            if (finished.outcome() instanceof Outcome.Generated
                    && finished.report().orElseThrow().delivery() != DeliveryMode.NONE) {
                var share = new Share(finished.lease().priority(), finished.lease().tenantId());
                shares.computeIfAbsent(share, _ -> new ArrayList<>()).add(finished.lease().reportId());
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

    /** Deliver jobs whose turns are reserved together. */
    private record Share(Priority priority, int tenantId) implements Comparable<Share> {
        @Override
        public int compareTo(Share other) {
            var byPriority = priority.compareTo(other.priority);
            return byPriority != 0 ? byPriority : Integer.compare(tenantId, other.tenantId);
        }
    }
}

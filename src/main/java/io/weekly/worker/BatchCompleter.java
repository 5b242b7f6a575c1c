package io.weekly.worker;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.UniEmitter;
import io.weekly.database.AwayRetry;
import io.weekly.database.Database;
import io.weekly.database.DatabaseAwayException;
import io.weekly.delivery.DomainLog;
import io.weekly.delivery.DomainReplies;
import io.weekly.delivery.MailDomains;
import io.weekly.queue.JobSignal;
import io.weekly.queue.Lane;
import io.weekly.queue.Lease;
import io.weekly.queue.Leases;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Set;

/**
 * Writes the ends of stages in batches. While one transaction runs, it collects the stages of the next batch. A batch locks the jobs, and
 * writes only the stages whose lease is still valid. So a worker that lost its lease changes nothing.
 */
@ApplicationScoped
class BatchCompleter {

    private static final int MAX_BATCH = 100;
    private static final Duration INITIAL_BACKOFF = Duration.ofMillis(200);
    private static final Duration MAX_BACKOFF = Duration.ofSeconds(5);
    private static final int MAX_RETRIES = 5;

    private final Database database;
    private final Leases leases;
    private final OutcomeWriter writer;
    private final JobSignal signal;
    private final MailDomains domains;
    private final WorkerEvents events;
    private final Queue<Waiting> waiting = new ArrayDeque<>();
    private boolean writing;

    BatchCompleter(Database database, Leases leases, OutcomeWriter writer, JobSignal signal, MailDomains domains, WorkerEvents events) {
        this.database = database;
        this.leases = leases;
        this.writer = writer;
        this.signal = signal;
        this.domains = domains;
        this.events = events;
    }

    /**
     * Ends when the stage is written, or when it could not be written. In the second case the lease expires, and the job is tried again.
     * Never fails.
     */
    Uni<Void> complete(FinishedStage finished) {
        return Uni.createFrom().emitter(emitter -> {
            synchronized (this) {
                waiting.add(new Waiting(finished, emitter));
            }
            writeNextBatch();
        });
    }

    private void writeNextBatch() {
        var batch = new ArrayList<Waiting>();
        synchronized (this) {
            if (writing || waiting.isEmpty()) {
                return;
            }
            writing = true;
            while (batch.size() < MAX_BATCH && !waiting.isEmpty()) {
                batch.add(waiting.remove());
            }
        }
        write(batch.stream().map(Waiting::finished).toList())
                .subscribe()
                .with(valid -> written(batch, valid), failure -> writeOneByOne(batch, failure));
    }

    private Uni<Set<Lease>> write(List<FinishedStage> batch) {
        var held = batch.stream().map(FinishedStage::lease).toList();
        // Until the rescuer takes the job, its outcome can be written, even if its lease has expired in an outage. If it is not written,
        // the whole stage runs again.
        return AwayRetry.retry(database.transaction(transaction -> leases.lockValid(transaction, held).flatMap(valid -> {
                    var fenced = batch.stream().filter(finished -> valid.contains(finished.lease())).toList();
                    return writer.write(transaction, fenced).map(changes -> new Written(valid, changes));
                })))
                .call(written -> domainsChanged(written.changes()))
                .map(Written::valid)
                .onFailure(DatabaseAwayException::isNot)
                .retry()
                .withBackOff(INITIAL_BACKOFF, MAX_BACKOFF)
                .atMost(MAX_RETRIES);
    }

    /** @param changes what changed for whole domains of recipients */
    private record Written(Set<Lease> valid, List<DomainReplies.Change> changes) {}

    /** Mails that wait for the send rate must see a pause at once. */
    private Uni<Void> domainsChanged(List<DomainReplies.Change> changes) {
        changes.forEach(DomainLog::changed);
        return changes.isEmpty() ? Uni.createFrom().voidItem() : domains.refresh();
    }

    private void written(List<Waiting> batch, Set<Lease> valid) {
        report(batch, valid);
        next(batch);
    }

    private void report(List<Waiting> batch, Set<Lease> valid) {
        for (var one : batch) {
            if (valid.contains(one.finished().lease())) {
                events.stageEnded(one.finished());
            } else {
                events.leaseLost(one.finished());
            }
        }
        signal.ready(Lane.DELIVER);
    }

    /** One stage that cannot be written must not prevent the others of its batch from being written. */
    private void writeOneByOne(List<Waiting> batch, Throwable failure) {
        if (batch.size() == 1 || !DatabaseAwayException.isNot(failure)) {
            lost(batch, failure);
            return;
        }
        events.batchNotWritten(batch.size(), failure);
        Multi.createFrom()
                .iterable(batch)
                .onItem()
                .transformToUniAndConcatenate(one -> write(List.of(one.finished()))
                        .invoke(valid -> report(List.of(one), valid))
                        .onFailure()
                        .invoke(alone -> events.endNotWritten(one.finished().lease(), alone))
                        .onFailure()
                        .recoverWithItem(Set.of()))
                .collect()
                .last()
                .subscribe()
                .with(_ -> next(batch), broken -> lost(batch, broken));
    }

    private void lost(List<Waiting> batch, Throwable failure) {
        batch.forEach(one -> events.endNotWritten(one.finished().lease(), failure));
        next(batch);
    }

    private void next(List<Waiting> batch) {
        synchronized (this) {
            writing = false;
        }
        writeNextBatch();
        batch.forEach(one -> one.emitter().complete(null));
    }

    private record Waiting(FinishedStage finished, UniEmitter<? super Void> emitter) {}
}

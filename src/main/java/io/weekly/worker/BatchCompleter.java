package io.weekly.worker;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.UniEmitter;
import io.weekly.database.Database;
import io.weekly.database.DatabaseAwayException;
import io.weekly.queue.JobSignal;
import io.weekly.queue.Lane;
import io.weekly.queue.Lease;
import io.weekly.queue.Leases;
import io.weekly.queue.QueueConfig;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import org.jboss.logging.Logger;

/**
 * Writes how stages ended, in batches: while one transaction is under way the next batch gathers. A batch locks the jobs whose leases are
 * still valid and writes for those only; whoever lost its lease changes nothing.
 */
@ApplicationScoped
class BatchCompleter {

    private static final Logger LOG = Logger.getLogger(BatchCompleter.class);
    private static final int LARGEST_BATCH = 100;
    private static final Duration FIRST_PAUSE = Duration.ofMillis(200);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);
    private static final int TRIES = 5;

    private final Database database;
    private final Leases leases;
    private final OutcomeWriter stageEnd;
    private final JobSignal signal;
    private final StageLog log;
    private final QueueConfig config;
    private final Queue<Waiting> waiting = new ArrayDeque<>();
    private boolean writing;

    BatchCompleter(Database database, Leases leases, OutcomeWriter stageEnd, JobSignal signal, StageLog log, QueueConfig config) {
        this.database = database;
        this.leases = leases;
        this.stageEnd = stageEnd;
        this.signal = signal;
        this.log = log;
        this.config = config;
    }

    /** Ends when it is written, or cannot be; then the lease runs out and the job is tried again. Never fails. */
    Uni<Void> finish(Finished finished) {
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
            while (batch.size() < LARGEST_BATCH && !waiting.isEmpty()) {
                batch.add(waiting.remove());
            }
        }
        var ended = batch.stream().map(Waiting::finished).toList();
        write(ended)
                .subscribe()
                .with(valid -> written(batch, valid), failure -> writeOneByOne(batch, failure));
    }

    /** What cannot be written must not cost its neighbours their attempts. */
    private void writeOneByOne(List<Waiting> batch, Throwable failure) {
        if (batch.size() == 1 || !DatabaseAwayException.isNot(failure)) {
            lost(batch, failure);
            return;
        }
        LOG.warnf(failure, "%d finished stages could not be written together; writing one by one", batch.size());
        Multi.createFrom()
                .iterable(batch)
                .onItem()
                .transformToUniAndConcatenate(one -> write(List.of(one.finished()))
                        .invoke(valid -> tell(List.of(one), valid))
                        .onFailure()
                        .invoke(alone -> tellLost(List.of(one), alone))
                        .onFailure()
                        .recoverWithItem(Set.of()))
                .collect()
                .last()
                .subscribe()
                .with(done -> next(batch), broken -> lost(batch, broken));
    }

    private Uni<Set<Lease>> write(List<Finished> batch) {
        var held = batch.stream().map(Finished::lease).toList();
        return database.transaction(transaction -> leases.lockValid(transaction, held).flatMap(valid -> {
                    var mine = batch.stream().filter(finished -> valid.contains(finished.lease())).toList();
                    return stageEnd.write(transaction, mine).replaceWith(valid);
                }))
                // As long as a lease: until it is rescued it still holds, and what is not written is rendered again, or mailed again.
                .onFailure(DatabaseAwayException.class)
                .retry()
                .withBackOff(FIRST_PAUSE, LONGEST_PAUSE)
                .expireIn(config.lease().toMillis())
                .onFailure(DatabaseAwayException::isNot)
                .retry()
                .withBackOff(FIRST_PAUSE, LONGEST_PAUSE)
                .atMost(TRIES);
    }

    private void written(List<Waiting> batch, Set<Lease> valid) {
        tell(batch, valid);
        next(batch);
    }

    private void tell(List<Waiting> batch, Set<Lease> valid) {
        for (var one : batch) {
            log.ended(one.finished(), valid.contains(one.finished().lease()));
        }
        signal.ready(Lane.DELIVER);
    }

    private void lost(List<Waiting> batch, Throwable failure) {
        tellLost(batch, failure);
        next(batch);
    }

    /** Also where the database is away, then without a stack: whoever looks for a report that was made twice finds here why. */
    private static void tellLost(List<Waiting> batch, Throwable failure) {
        var fault = DatabaseAwayException.isNot(failure) ? failure : null;
        for (var one : batch) {
            LOG.errorf(fault, "report %s: the end of %s could not be written; its lease will run out and it is done again",
                    one.finished().lease().reportId(), one.finished().lease().lane().sql());
        }
    }

    private void next(List<Waiting> batch) {
        synchronized (this) {
            writing = false;
        }
        writeNextBatch();
        batch.forEach(one -> one.emitter().complete(null));
    }

    private record Waiting(Finished finished, UniEmitter<? super Void> emitter) {}
}

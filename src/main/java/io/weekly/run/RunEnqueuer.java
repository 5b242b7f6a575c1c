package io.weekly.run;

import io.quarkus.scheduler.Scheduled;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Tuple;
import io.weekly.database.Database;
import io.weekly.database.DatabaseAwayException;
import io.weekly.database.FailureIsolation;
import io.weekly.database.Ids;
import io.weekly.database.Keyset;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.StreamSupport;

/**
 * Queues the reports of new runs, and releases the jobs of released runs, chunk by chunk. Every replica does this. A transaction locks a
 * cursor before it processes a chunk, so each chunk is processed once. After an interruption the run continues at the positions of its
 * cursors.
 */
@ApplicationScoped
public class RunEnqueuer {

    private static final int PAGE = 50;
    /** How many chunks of one run this process handles at the same time: while one chunk writes reports, the other can write jobs. */
    private static final int CONCURRENCY = 2;

    private final Database database;
    private final RunChunks chunks;
    private final RunEvents events;
    private final AtomicBoolean running = new AtomicBoolean();
    private final AtomicBoolean again = new AtomicBoolean();

    RunEnqueuer(Database database, RunChunks chunks, RunEvents events) {
        this.database = database;
        this.chunks = chunks;
        this.events = events;
    }

    /** This process has started or released a run: enqueue now instead of at the next tick. Does not wait for the end. */
    public void wake() {
        enqueueOpenRuns()
                .onFailure(DatabaseAwayException::isNot)
                .invoke(events::enqueuingFailed)
                .subscribe()
                .with(_ -> {}, _ -> {});
    }

    @Scheduled(every = "${weekly.run.enqueue-interval}", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    Uni<Void> enqueueOpenRuns() {
        // One pass at a time in this process. A call during a pass makes it start over at its end.
        again.set(true);
        if (!running.compareAndSet(false, true)) {
            return Uni.createFrom().voidItem();
        }
        return Uni.createFrom()
                .deferred(() -> pass().map(_ -> again.get()))
                .repeat()
                .whilst(more -> more)
                .collect()
                .last()
                .replaceWithVoid()
                .onTermination()
                .invoke(() -> running.set(false));
    }

    private Uni<Void> pass() {
        again.set(false);
        return Keyset.rows(Ids.NONE, this::openRuns, OpenRun::id)
                .onItem()
                .transformToUniAndConcatenate(this::enqueue)
                .collect()
                .last()
                .replaceWithVoid();
    }

    // Two indexes: finding the approved runs does not read all runs that are running, which on a Monday morning are many.
    private static final String OPEN =
            """
            SELECT r.tenant_id, LOWER(HEX(r.id)) AS id
            FROM ((SELECT tenant_id, id
                   FROM run
                   WHERE state = 'enqueuing' AND id > UNHEX(?)
                   ORDER BY id
                   LIMIT ?)
                  UNION ALL
                  (SELECT tenant_id, id
                   FROM run
                   WHERE held_jobs = TRUE AND state = 'running' AND id > UNHEX(?)
                   ORDER BY id
                   LIMIT ?)) r
            ORDER BY r.id
            LIMIT ?""";

    private Uni<List<OpenRun>> openRuns(String after) {
        return database.client()
                .preparedQuery(OPEN)
                .execute(Tuple.of(after, PAGE, after, PAGE, PAGE))
                .map(rows -> StreamSupport.stream(rows.spliterator(), false)
                        .map(row -> new OpenRun(row.getInteger("tenant_id"), row.getString("id")))
                        .toList());
    }

    private Uni<Void> enqueue(OpenRun run) {
        // Most runs have one chunk. The second concurrent transaction starts only if there are more.
        return chunks.next(run.tenantId(), run.id())
                .flatMap(more -> more
                        ? Uni.join().all(Collections.nCopies(CONCURRENCY, isolated(run, rest(run)))).andCollectFailures().replaceWithVoid()
                        : Uni.createFrom().voidItem())
                .plug(first -> isolated(run, first));
    }

    private Uni<Boolean> rest(OpenRun run) {
        return Uni.createFrom()
                .deferred(() -> chunks.next(run.tenantId(), run.id()))
                .repeat()
                .whilst(more -> more)
                .collect()
                .last();
    }

    /** The next tick tries a failed run again. */
    private <T> Uni<T> isolated(OpenRun run, Uni<T> chunks) {
        return FailureIsolation.isolate(chunks, failure -> events.runNotEnqueued(run.id(), failure));
    }

    private record OpenRun(int tenantId, String id) {}
}

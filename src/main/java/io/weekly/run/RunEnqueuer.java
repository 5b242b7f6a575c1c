package io.weekly.run;

import io.quarkus.scheduler.Scheduled;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Tuple;
import io.weekly.database.Database;
import io.weekly.database.DatabaseAwayException;
import io.weekly.database.Ids;
import io.weekly.database.Keyset;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jboss.logging.Logger;

/**
 * Gives runs their reports, and lets the jobs of approved ones go, chunk by chunk, behind the cursors of each run. Every replica does; a
 * row lock lets one transaction at a cursor at a time, and an interrupted run is taken up where its cursors stand.
 */
@ApplicationScoped
public class RunEnqueuer {

    private static final Logger LOG = Logger.getLogger(RunEnqueuer.class);
    private static final int PAGE = 50;
    /** Chunks of one run that are under way at once in this process: while one writes its reports the other writes its jobs. */
    private static final int AT_ONCE = 2;

    // Two indexes: the runs that are under way, all of a Monday morning's, are not read to find those that were approved.
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

    private final Database database;
    private final RunChunks chunks;
    private final AtomicBoolean running = new AtomicBoolean();
    private final AtomicBoolean again = new AtomicBoolean();

    RunEnqueuer(Database database, RunChunks chunks) {
        this.database = database;
        this.chunks = chunks;
    }

    /** A run was just made here: need not wait for the next tick. */
    public void wake() {
        enqueueOpenRuns()
                .onFailure(DatabaseAwayException::isNot)
                .invoke(failure -> LOG.error("enqueuing failed; the next tick takes it up", failure))
                .subscribe()
                .with(done -> {}, told -> {});
    }

    @Scheduled(every = "${weekly.run.enqueue-interval}", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    Uni<Void> enqueueOpenRuns() {
        // One pass at a time in this process; who comes meanwhile makes it go round once more.
        again.set(true);
        if (!running.compareAndSet(false, true)) {
            return Uni.createFrom().voidItem();
        }
        return Uni.createFrom()
                .deferred(() -> pass().map(done -> again.get()))
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

    private Uni<List<OpenRun>> openRuns(String after) {
        return database.client().preparedQuery(OPEN).execute(Tuple.of(after, PAGE, after, PAGE, PAGE)).map(rows -> {
            var runs = new ArrayList<OpenRun>();
            rows.forEach(row -> runs.add(new OpenRun(row.getInteger("tenant_id"), row.getString("id"))));
            return runs;
        });
    }

    private Uni<Void> enqueue(OpenRun run) {
        // Most runs have one chunk: the second pair of hands comes when there is more.
        return chunks.next(run.tenantId(), run.id())
                .flatMap(more -> more
                        ? Uni.join().all(Collections.nCopies(AT_ONCE, told(run, rest(run)))).andCollectFailures().replaceWithVoid()
                        : Uni.createFrom().voidItem())
                .plug(first -> told(run, first));
    }

    /** One run's failure is its own: the others go on, and the next tick tries it again. */
    private static <T> Uni<T> told(OpenRun run, Uni<T> chunks) {
        return chunks.onFailure(DatabaseAwayException::isNot)
                .invoke(failure -> LOG.errorf(failure, "run %s could not be enqueued; the next tick tries again", run.id()))
                .onFailure()
                .recoverWithNull();
    }

    private Uni<Boolean> rest(OpenRun run) {
        return Uni.createFrom()
                .deferred(() -> chunks.next(run.tenantId(), run.id()))
                .repeat()
                .whilst(more -> more)
                .collect()
                .last();
    }

    private record OpenRun(int tenantId, String id) {}
}

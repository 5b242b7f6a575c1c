package io.weekly.queue;

import io.quarkus.scheduler.Scheduled;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Tuple;
import io.weekly.database.Database;
import io.weekly.database.Placeholders;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jboss.logging.Logger;

/**
 * Makes jobs ready again when their lease has expired, usually because their worker died. The attempt counts. The jobs keep their turn, so
 * they are among the next to be claimed. The next worker of such a job decides whether its attempts are used up, and what an unfinished
 * dialogue with the mail server means.
 */
@ApplicationScoped
class JobRescuer {

    private static final Logger LOG = Logger.getLogger(JobRescuer.class);
    private static final int BATCH = 500;

    private static final String EXPIRED =
            """
            SELECT id
            FROM job FORCE INDEX (job_due)
            WHERE state = 'leased' AND due_at < NOW(6)
            ORDER BY due_at
            LIMIT ?
            FOR UPDATE SKIP LOCKED""";

    private final Database database;
    private final JobSignal signal;
    /** Longer than the pause between two extensions, which is a third of a lease. */
    private final Duration afterOutage;

    JobRescuer(Database database, JobSignal signal, QueueConfig config) {
        this.database = database;
        this.signal = signal;
        this.afterOutage = config.lease().dividedBy(2);
    }

    @Scheduled(every = "${weekly.queue.rescue-interval}", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    Uni<Void> rescue() {
        if (database.wasAwayWithin(afterOutage)) {
            return Uni.createFrom().voidItem();
        }
        return rescueBatch().flatMap(rescued -> rescued == BATCH ? rescue() : Uni.createFrom().voidItem());
    }

    Uni<Integer> rescueBatch() {
        return database.transaction(transaction -> transaction
                        .preparedQuery(EXPIRED)
                        .execute(Tuple.of(BATCH))
                        .flatMap(rows -> {
                            var ids = new ArrayList<Object>();
                            rows.forEach(row -> ids.add(row.getLong("id")));
                            return ids.isEmpty()
                                    ? Uni.createFrom().item(0)
                                    : transaction.preparedQuery(makeReady(ids)).execute(Tuple.from(ids)).replaceWith(ids.size());
                        }))
                .invoke(this::signal);
    }

    private static String makeReady(List<Object> ids) {
        return """
                UPDATE job
                SET state = 'ready', due_at = NOW(6), lease_token = NULL, leased_at = NULL
                WHERE id IN (%s)"""
                .formatted(Placeholders.of("?", ids.size()));
    }

    private void signal(int rescued) {
        if (rescued > 0) {
            LOG.warnf("rescued %d jobs whose lease had run out", rescued);
            signal.ready(Lane.GENERATE);
            signal.ready(Lane.DELIVER);
        }
    }
}

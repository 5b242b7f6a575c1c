package io.weekly.run;

import io.quarkus.scheduler.Scheduled;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Tuple;
import io.weekly.audit.AuditEvent;
import io.weekly.database.Database;
import io.weekly.database.FailureIsolation;
import io.weekly.database.Utc;
import io.weekly.tenant.Scope;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;

/**
 * Cancels held runs that nobody has approved within {@code weekly.run.approval-timeout}. The time begins when the run is held. The reason
 * for a limit: a report of last week is of no use a week later.
 */
@ApplicationScoped
class RunExpiry {

    private static final int BATCH = 100;

    private final Database database;
    private final RunDecisions decisions;
    private final RunConfig config;
    private final RunEvents events;
    private final Clock clock;

    RunExpiry(Database database, RunDecisions decisions, RunConfig config, RunEvents events, Clock clock) {
        this.database = database;
        this.decisions = decisions;
        this.config = config;
        this.events = events;
        this.clock = clock;
    }

    private static final String OVERDUE =
            """
            SELECT LOWER(HEX(id)) AS id
            FROM run
            WHERE state = 'held' AND held_at <= ?
            ORDER BY id
            LIMIT ?""";

    @Scheduled(every = "1m", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    Uni<Void> expire() {
        return database.client()
                .preparedQuery(OVERDUE)
                .execute(Tuple.of(Utc.column(clock.instant().minus(config.approvalTimeout())), BATCH))
                .onItem()
                .transformToMulti(rows -> Multi.createFrom().iterable(rows))
                .onItem()
                .transformToUniAndConcatenate(run -> cancel(run.getString("id")))
                .collect()
                .last()
                .replaceWithVoid();
    }

    private Uni<Void> cancel(String runId) {
        var reason = "nobody approved it within " + config.approvalTimeout();
        var cancelled = decisions.cancel(Scope.EVERY_TENANT, runId, AuditEvent.SERVICE, reason)
                .invoke(decided -> decided
                        .filter(RunDecisions.Decided.Done.class::isInstance)
                        .ifPresent(_ -> events.approvalTimedOut(runId, reason)))
                .replaceWithVoid();
        // The next pass tries a failed run again.
        return FailureIsolation.isolate(cancelled, failure -> events.runNotCancelled(runId, failure));
    }
}

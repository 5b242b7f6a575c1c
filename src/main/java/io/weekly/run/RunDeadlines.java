package io.weekly.run;

import io.quarkus.scheduler.Scheduled;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlClient;
import io.vertx.mutiny.sqlclient.Tuple;
import io.weekly.database.Database;
import io.weekly.database.FailureIsolation;
import io.weekly.database.Ids;
import io.weekly.database.Keyset;
import io.weekly.database.Utc;
import io.weekly.tenant.Scope;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.LocalDateTime;
import java.util.List;
import java.util.stream.StreamSupport;

/**
 * Checks each run once, at its deadline: have all due reports ended? It also checks finished runs. A run is finished according to its
 * counters, and this check must find errors in the counters. So it counts the reports themselves ({@link Ledgers}). A conditional update of
 * the run's row makes sure that only one process writes the result.
 */
@ApplicationScoped
class RunDeadlines {

    private static final int PAGE = 100;

    private final Database database;
    private final Ledgers ledgers;
    private final RunTransitions transitions;
    private final OwnerPost post;
    private final RunAudit audit;
    private final RunEvents events;
    private final Clock clock;

    RunDeadlines(
            Database database,
            Ledgers ledgers,
            RunTransitions transitions,
            OwnerPost post,
            RunAudit audit,
            RunEvents events,
            Clock clock) {
        this.database = database;
        this.ledgers = ledgers;
        this.transitions = transitions;
        this.post = post;
        this.audit = audit;
        this.events = events;
        this.clock = clock;
    }

    @Scheduled(every = "1m", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    Uni<Void> judge() {
        var now = Utc.column(clock.instant());
        // All of them: a run that cannot be judged must not block the others.
        return Keyset.rows(Ids.NONE, after -> overdue(now, after), OverdueRun::id)
                .onItem()
                .transformToUniAndConcatenate(this::judge)
                .collect()
                .last()
                .replaceWithVoid();
    }

    // Few of the runs that have not been judged are overdue. Without the index the optimizer reads all ids.
    private static final String OVERDUE =
            """
            SELECT STRAIGHT_JOIN r.tenant_id, LOWER(HEX(r.id)) AS id, r.definition, r.period, r.revision, r.deadline_at,
                   t.slug, t.name, t.zone, IF(t.ended_at IS NULL, COALESCE(NULLIF(s.owner, ''), r.owner), NULL) AS owner
            FROM run r FORCE INDEX (run_deadline)
            JOIN tenant t ON t.id = r.tenant_id
            LEFT JOIN schedule s ON s.tenant_id = r.tenant_id AND s.id = r.schedule_id
            WHERE r.judged_at IS NULL AND r.deadline_at <= ? AND r.id > UNHEX(?)
            ORDER BY r.id
            LIMIT ?""";

    private Uni<List<OverdueRun>> overdue(LocalDateTime now, String after) {
        return database.client()
                .preparedQuery(OVERDUE)
                .execute(Tuple.of(now, after, PAGE))
                .map(rows -> StreamSupport.stream(rows.spliterator(), false).map(OverdueRun::of).toList());
    }

    private Uni<Void> judge(OverdueRun run) {
        // The next pass tries a failed run again.
        return FailureIsolation.isolate(
                ledgers.find(Scope.EVERY_TENANT, run.id()).flatMap(ledger -> judge(run, ledger.orElseThrow())),
                failure -> events.notJudged(run.id(), failure));
    }

    private Uni<Void> judge(OverdueRun run, Ledger ledger) {
        return database.transaction(transaction -> transitions.judge(transaction, run)
                        .call(judged -> judged && !ledger.settled()
                                ? missed(transaction, run, ledger)
                                : Uni.createFrom().voidItem()))
                .invoke(judged -> {
                    if (judged) {
                        events.judged(run, ledger);
                    }
                })
                .replaceWithVoid();
    }

    private Uni<Void> missed(SqlClient transaction, OverdueRun run, Ledger ledger) {
        return audit.append(transaction, run.tenantId(), run.id(), "run.deadline-missed", run.eventDetail(ledger))
                .flatMap(_ -> run.owner() == null
                        ? Uni.createFrom().voidItem()
                        : post.post(transaction, run.tenantId(), run.id(), run.owner(), DeadlineLetter.of(run, ledger)));
    }
}

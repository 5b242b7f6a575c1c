package io.weekly.run;

import io.quarkus.scheduler.Scheduled;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlClient;
import io.vertx.mutiny.sqlclient.Tuple;
import io.weekly.audit.AuditEvent;
import io.weekly.audit.AuditLog;
import io.weekly.database.Database;
import io.weekly.database.DatabaseAwayException;
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
 * Judges each run once, at its deadline: has all that was due ended? Every run, also one that calls itself finished, since what that stands
 * on, the counters, is what is judged: the figures come from its reports ({@link Ledgers}). The row of the run is the fence: of any number
 * of processes that judge at once, one writes.
 */
@ApplicationScoped
class RunDeadlines {

    private static final int PAGE = 100;

    // Of the runs that nobody has judged those whose time has come are few; left to itself the optimizer walks through all ids.
    private static final String PASSED =
            """
            SELECT STRAIGHT_JOIN r.tenant_id, LOWER(HEX(r.id)) AS id, r.definition, r.period, r.revision, r.deadline_at,
                   t.slug, t.name, t.zone, IF(t.ended_at IS NULL, COALESCE(s.owner, r.owner), NULL) AS owner
            FROM run r FORCE INDEX (run_deadline)
            JOIN tenant t ON t.id = r.tenant_id
            LEFT JOIN schedule s ON s.tenant_id = r.tenant_id AND s.id = r.schedule_id
            WHERE r.judged_at IS NULL AND r.deadline_at <= ? AND r.id > UNHEX(?)
            ORDER BY r.id
            LIMIT ?""";
    private static final String JUDGED =
            """
            UPDATE run
            SET judged_at = ?
            WHERE tenant_id = ? AND id = UNHEX(?) AND judged_at IS NULL AND deadline_at = ?""";

    private final Database database;
    private final Ledgers ledgers;
    private final OwnerMails mails;
    private final DeadlineLog log;
    private final AuditLog audit;
    private final Clock clock;

    RunDeadlines(Database database, Ledgers ledgers, OwnerMails mails, DeadlineLog log, AuditLog audit, Clock clock) {
        this.database = database;
        this.ledgers = ledgers;
        this.mails = mails;
        this.log = log;
        this.audit = audit;
        this.clock = clock;
    }

    @Scheduled(every = "1m", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    Uni<Void> judge() {
        var now = Utc.column(clock.instant());
        // In keyset pages: one that cannot be judged must not stand before others.
        return Keyset.rows(Ids.NONE, after -> passed(now, after), run -> run.getString("id"))
                .map(OverdueRun::of)
                .onItem()
                .transformToUniAndConcatenate(this::judge)
                .collect()
                .last()
                .replaceWithVoid();
    }

    private Uni<List<Row>> passed(LocalDateTime now, String after) {
        return database.client()
                .preparedQuery(PASSED)
                .execute(Tuple.of(now, after, PAGE))
                .map(rows -> StreamSupport.stream(rows.spliterator(), false).toList());
    }

    private Uni<Void> judge(OverdueRun run) {
        return ledgers.find(Scope.EVERY_TENANT, run.id())
                .flatMap(ledger -> judge(run, ledger.orElseThrow()))
                // One run's failure is its own: the others go on, and the next sweep tries it again.
                .onFailure(DatabaseAwayException::isNot)
                .invoke(failure -> log.couldNotBeJudged(run, failure))
                .onFailure()
                .recoverWithNull();
    }

    private Uni<Void> judge(OverdueRun run, Ledger ledger) {
        var now = clock.instant();
        return database.transaction(transaction -> transaction
                        .preparedQuery(JUDGED)
                        .execute(Tuple.of(Utc.column(now), run.tenantId(), run.id(), Utc.column(run.deadline())))
                        .map(updated -> updated.rowCount() == 1)
                        .call(mine -> mine && !ledger.settled() ? raise(transaction, run, ledger) : Uni.createFrom().voidItem()))
                .invoke(mine -> {
                    if (mine) {
                        log.judged(run, ledger);
                    }
                })
                .replaceWithVoid();
    }

    private Uni<Void> raise(SqlClient transaction, OverdueRun run, Ledger ledger) {
        var event = new AuditEvent(
                run.tenantId(), clock.instant(), AuditEvent.SERVICE, "run.deadline-missed", run.id(), run.eventDetail(ledger));
        return audit.append(transaction, event)
                .flatMap(told -> run.owner() == null
                        ? Uni.createFrom().voidItem()
                        : mails.post(transaction, run.tenantId(), run.id(), run.owner(), DeadlineLetter.of(run, ledger)));
    }
}

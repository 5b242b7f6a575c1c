package io.weekly.schedule;

import io.quarkus.scheduler.Scheduled;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlClient;
import io.vertx.mutiny.sqlclient.Tuple;
import io.weekly.audit.AuditEvent;
import io.weekly.audit.AuditLog;
import io.weekly.database.Database;
import io.weekly.database.DatabaseAwayException;
import io.weekly.delivery.DeliveryConfig;
import io.weekly.delivery.HandOver;
import io.weekly.delivery.Postbox;
import io.weekly.delivery.SendRate;
import io.weekly.queue.RetryPolicy;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.jboss.logging.Logger;

/**
 * The mails that tell owners of a missed deadline. Each is written down in the transaction of the event and handed over after it, so that
 * no mail server can lose the event. What it does not take is tried again, with the same Message-ID: a deferral at no cost of an attempt,
 * for as long as any delivery's, since the server that is away now may be why the deadline was missed.
 */
@ApplicationScoped
class DeadlineMails {

    private static final Logger LOG = Logger.getLogger(DeadlineMails.class);
    private static final int BATCH = 50;
    /** Between the end of the longest dialogue and another's attempt: time enough to write how it ended. */
    private static final Duration MARGIN = Duration.ofSeconds(15);

    private static final String POST =
            """
            INSERT INTO deadline_mail (run_id, tenant_id, address, subject, body, attempt, due_at)
            VALUES (UNHEX(?), ?, ?, ?, ?, 0, NOW(6))""";
    private static final String DUE =
            """
            SELECT LOWER(HEX(m.run_id)) AS run_id, m.tenant_id, m.address, m.subject, m.body, m.attempt, r.judged_at
            FROM deadline_mail m
            JOIN run r ON r.id = m.run_id
            WHERE m.due_at <= NOW(6)
            ORDER BY m.due_at
            LIMIT ?""";
    private static final String TAKE =
            """
            UPDATE deadline_mail
            SET attempt = attempt + 1, due_at = NOW(6) + INTERVAL ? MICROSECOND
            WHERE run_id = UNHEX(?) AND attempt = ? AND due_at <= NOW(6)""";
    private static final String PUT_OFF =
            """
            UPDATE deadline_mail
            SET due_at = NOW(6) + INTERVAL ? MICROSECOND
            WHERE run_id = UNHEX(?) AND attempt = ?""";
    private static final String DEFER =
            """
            UPDATE deadline_mail
            SET attempt = attempt - 1, due_at = NOW(6) + INTERVAL ? MICROSECOND
            WHERE run_id = UNHEX(?) AND attempt = ?""";
    private static final String END =
            """
            DELETE FROM deadline_mail
            WHERE run_id = UNHEX(?)""";

    private final Database database;
    private final SendRate sendRate;
    private final Postbox postbox;
    private final DeliveryConfig config;
    private final RetryPolicy retries;
    private final DeadlineLog log;
    private final AuditLog audit;
    private final Clock clock;

    DeadlineMails(
            Database database,
            SendRate sendRate,
            Postbox postbox,
            DeliveryConfig config,
            RetryPolicy retries,
            DeadlineLog log,
            AuditLog audit,
            Clock clock) {
        this.database = database;
        this.sendRate = sendRate;
        this.postbox = postbox;
        this.config = config;
        this.retries = retries;
        this.log = log;
        this.audit = audit;
        this.clock = clock;
    }

    /** Writes the mail down; it goes with the next sweep after the transaction. */
    Uni<Void> post(SqlClient transaction, PassedRun run, DeadlineLetter letter) {
        return transaction
                .preparedQuery(POST)
                .execute(Tuple.of(run.id(), run.tenantId(), run.owner(), letter.subject(), letter.body()))
                .replaceWithVoid();
    }

    @Scheduled(every = "10s", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    Uni<Void> send() {
        return database.client()
                .preparedQuery(DUE)
                .execute(Tuple.of(BATCH))
                .onItem()
                .transformToMulti(rows -> Multi.createFrom().iterable(rows))
                .map(DeadlineMail::of)
                .onItem()
                .transformToUniAndConcatenate(this::send)
                .collect()
                .last()
                .replaceWithVoid();
    }

    private Uni<Void> send(DeadlineMail mail) {
        return sendRate.await()
                .flatMap(moment -> take(mail))
                .flatMap(mine -> mine ? handOver(mail.taken()) : Uni.createFrom().voidItem())
                // One mail's failure is its own: it is due again when its time is up.
                .onFailure(DatabaseAwayException::isNot)
                .invoke(failure -> LOG.errorf(failure, "run %s: the mail about its deadline is tried again", mail.runId()))
                .onFailure()
                .recoverWithNull();
    }

    /** Nobody else tries it while this dialogue can last. */
    private Uni<Boolean> take(DeadlineMail mail) {
        return database.client()
                .preparedQuery(TAKE)
                .execute(Tuple.of(micros(config.timeout().plus(MARGIN)), mail.runId(), mail.attempt()))
                .map(updated -> updated.rowCount() == 1);
    }

    private Uni<Void> handOver(DeadlineMail mail) {
        if (retries.isPast(mail.attempt())) {
            return end(mail, Optional.of("no process survived handing it over, %d times".formatted(mail.attempt() - 1)));
        }
        return postbox.handOver(mail.letter(config)).flatMap(handOver -> switch (handOver) {
            case HandOver.Accepted _ -> end(mail, Optional.empty());
            case HandOver.Rejected rejected -> end(mail, Optional.of(rejected.reply()));
            case HandOver.Deferred deferred -> Duration.between(mail.since(), clock.instant()).compareTo(config.deferFor()) < 0
                    ? putOff(DEFER, mail, retries.longestPause())
                    : end(mail, Optional.of(deferred.reply()));
            // Whether or not it went out: twice this mail costs less than none, and both have one Message-ID.
            case HandOver.Unknown unknown -> retries.pauseAfter(mail.attempt())
                    .map(pause -> putOff(PUT_OFF, mail, pause))
                    .orElseGet(() -> end(mail, Optional.of(unknown.reply())));
        });
    }

    private Uni<Void> putOff(String how, DeadlineMail mail, Duration pause) {
        return database.client()
                .preparedQuery(how)
                .execute(Tuple.of(micros(pause), mail.runId(), mail.attempt()))
                .replaceWithVoid();
    }

    private Uni<Void> end(DeadlineMail mail, Optional<String> whyNot) {
        var event = new AuditEvent(
                mail.tenantId(), clock.instant(), AuditEvent.SERVICE, whyNot.isEmpty() ? "run.owner-told" : "run.owner-not-told",
                mail.runId(),
                whyNot.<Map<String, Object>>map(reason -> Map.of("owner", mail.address(), "attempts", mail.attempt(), "reason", reason))
                        .orElseGet(() -> Map.of("owner", mail.address(), "attempts", mail.attempt())));
        return database.transaction(transaction -> transaction
                        .preparedQuery(END)
                        .execute(Tuple.of(mail.runId()))
                        .map(deleted -> deleted.rowCount() == 1)
                        .call(mine -> mine ? audit.append(transaction, event) : Uni.createFrom().voidItem()))
                .invoke(mine -> {
                    if (mine && whyNot.isPresent()) {
                        log.ownerNotTold(mail.runId());
                    }
                })
                .replaceWithVoid();
    }

    private static long micros(Duration duration) {
        return duration.toNanos() / 1000;
    }
}

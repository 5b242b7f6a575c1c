package io.weekly.run;

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
import io.weekly.database.Utc;
import io.weekly.delivery.DeliveryConfig;
import io.weekly.delivery.HandOver;
import io.weekly.delivery.Postbox;
import io.weekly.delivery.SendRate;
import io.weekly.queue.RetryPolicy;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jboss.logging.Logger;

/**
 * The mails that tell owners of a missed deadline, or of data that are late. Each is written down in the transaction of the event and handed over after it, so that
 * no mail server can lose the event. What it does not take is tried again, with the same Message-ID: a deferral at no cost of an attempt,
 * for as long as any delivery's, since the server that is away now may be why a deadline was missed.
 */
@ApplicationScoped
class OwnerMails {

    private static final Logger LOG = Logger.getLogger(OwnerMails.class);
    private static final int BATCH = 50;
    /** Between the end of the longest dialogue and another's attempt: time enough to write how it ended. */
    private static final Duration MARGIN = Duration.ofSeconds(15);

    private static final String POST =
            """
            INSERT INTO owner_mail (run_id, about, tenant_id, address, subject, body, attempt, due_at, created_at)
            VALUES (UNHEX(?), ?, ?, ?, ?, ?, 0, NOW(6), ?)""";
    private static final String DUE =
            """
            SELECT LOWER(HEX(run_id)) AS run_id, about, tenant_id, address, subject, body, attempt, created_at
            FROM owner_mail
            WHERE due_at <= NOW(6)
            ORDER BY due_at
            LIMIT ?""";
    private static final String TAKE =
            """
            UPDATE owner_mail
            SET attempt = attempt + 1, due_at = NOW(6) + INTERVAL ? MICROSECOND
            WHERE run_id = UNHEX(?) AND about = ? AND attempt = ? AND due_at <= NOW(6)""";
    private static final String PUT_OFF =
            """
            UPDATE owner_mail
            SET due_at = NOW(6) + INTERVAL ? MICROSECOND
            WHERE run_id = UNHEX(?) AND about = ? AND attempt = ?""";
    private static final String DEFER =
            """
            UPDATE owner_mail
            SET attempt = attempt - 1, due_at = NOW(6) + INTERVAL ? MICROSECOND
            WHERE run_id = UNHEX(?) AND about = ? AND attempt = ?""";
    private static final String END =
            """
            DELETE FROM owner_mail
            WHERE run_id = UNHEX(?) AND about = ?""";

    private final Database database;
    private final SendRate sendRate;
    private final Postbox postbox;
    private final DeliveryConfig config;
    private final RetryPolicy retries;
    private final AuditLog audit;
    private final Clock clock;

    OwnerMails(
            Database database,
            SendRate sendRate,
            Postbox postbox,
            DeliveryConfig config,
            RetryPolicy retries,
            AuditLog audit,
            Clock clock) {
        this.database = database;
        this.sendRate = sendRate;
        this.postbox = postbox;
        this.config = config;
        this.retries = retries;
        this.audit = audit;
        this.clock = clock;
    }

    /** Writes the mail down; it goes with the next sweep after the transaction. */
    Uni<Void> post(SqlClient transaction, int tenantId, String runId, String owner, OwnerLetter letter) {
        return transaction
                .preparedQuery(POST)
                .execute(Tuple.from(new Object[] {
                    runId, letter.about().text(), tenantId, owner, letter.subject(), letter.body(), Utc.column(clock.instant())
                }))
                .replaceWithVoid();
    }

    @Scheduled(every = "10s", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    Uni<Void> send() {
        return database.client()
                .preparedQuery(DUE)
                .execute(Tuple.of(BATCH))
                .onItem()
                .transformToMulti(rows -> Multi.createFrom().iterable(rows))
                .map(OwnerMail::of)
                .onItem()
                .transformToUniAndConcatenate(this::send)
                .collect()
                .last()
                .replaceWithVoid();
    }

    private Uni<Void> send(OwnerMail mail) {
        return sendRate.await()
                .flatMap(moment -> take(mail))
                .flatMap(mine -> mine ? handOver(mail.taken()) : Uni.createFrom().voidItem())
                // One mail's failure is its own: it is due again when its time is up.
                .onFailure(DatabaseAwayException::isNot)
                .invoke(failure -> LOG.errorf(failure, "run %s: the mail about %s is tried again", mail.runId(), mail.letter().about().words()))
                .onFailure()
                .recoverWithNull();
    }

    /** Nobody else tries it while this dialogue can last. */
    private Uni<Boolean> take(OwnerMail mail) {
        return database.client()
                .preparedQuery(TAKE)
                .execute(Tuple.of(micros(config.timeout().plus(MARGIN)), mail.runId(), mail.letter().about().text(), mail.attempt()))
                .map(updated -> updated.rowCount() == 1);
    }

    private Uni<Void> handOver(OwnerMail mail) {
        if (retries.isPast(mail.attempt())) {
            return end(mail, Optional.of("no process survived handing it over, %d times".formatted(mail.attempt() - 1)));
        }
        return postbox.handOver(mail.toLetter(config)).flatMap(handOver -> switch (handOver) {
            case HandOver.Accepted _ -> end(mail, Optional.empty());
            case HandOver.Rejected rejected -> end(mail, Optional.of(rejected.reply()));
            case HandOver.Deferred deferred -> Duration.between(mail.since(), clock.instant()).compareTo(config.deferFor()) < 0
                    ? putOff(DEFER, mail, retries.maxBackoff())
                    : end(mail, Optional.of(deferred.reply()));
            // Whether or not it went out: twice this mail costs less than none, and both have one Message-ID.
            case HandOver.Unknown unknown -> retries.pauseAfter(mail.attempt())
                    .map(pause -> putOff(PUT_OFF, mail, pause))
                    .orElseGet(() -> end(mail, Optional.of(unknown.reply())));
        });
    }

    private Uni<Void> putOff(String how, OwnerMail mail, Duration pause) {
        return database.client()
                .preparedQuery(how)
                .execute(Tuple.of(micros(pause), mail.runId(), mail.letter().about().text(), mail.attempt()))
                .replaceWithVoid();
    }

    private Uni<Void> end(OwnerMail mail, Optional<String> whyNot) {
        var event = new AuditEvent(
                mail.tenantId(), clock.instant(), AuditEvent.SERVICE, whyNot.isEmpty() ? "run.owner-told" : "run.owner-not-told",
                mail.runId(),
                detail(mail, whyNot));
        return database.transaction(transaction -> transaction
                        .preparedQuery(END)
                        .execute(Tuple.of(mail.runId(), mail.letter().about().text()))
                        .map(deleted -> deleted.rowCount() == 1)
                        .call(mine -> mine ? audit.append(transaction, event) : Uni.createFrom().voidItem()))
                .invoke(mine -> {
                    if (mine && whyNot.isPresent()) {
                        // The reason may quote an address: the event has it.
                        LOG.errorf("run %s: its owner could not be told about %s; its events say why", mail.runId(),
                                mail.letter().about().words());
                    }
                })
                .replaceWithVoid();
    }

    private static Map<String, Object> detail(OwnerMail mail, Optional<String> whyNot) {
        var detail = new LinkedHashMap<String, Object>();
        detail.put("about", mail.letter().about().text());
        detail.put("owner", mail.address());
        detail.put("attempts", mail.attempt());
        whyNot.ifPresent(reason -> detail.put("reason", reason));
        return detail;
    }

    private static long micros(Duration duration) {
        return duration.toNanos() / 1000;
    }
}

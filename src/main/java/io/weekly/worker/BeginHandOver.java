package io.weekly.worker;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlClient;
import io.weekly.audit.AuditEvent;
import io.weekly.audit.AuditLog;
import io.weekly.audit.PersonalText;
import io.weekly.database.Database;
import io.weekly.delivery.Deliveries;
import io.weekly.delivery.DeliveryConfig;
import io.weekly.delivery.OutgoingMail;
import io.weekly.delivery.SendRate;
import io.weekly.queue.Leases;
import io.weekly.report.ReportTask;
import io.weekly.report.WeekOnce;
import io.weekly.worker.MailComposer.Composed;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Marks the job as handing over and commits that, before the dialogue with the mail server begins. It does so only if the lease is still
 * valid, and if no other run mails the report of the week to the same recipient. If the worker dies after this commit, the next worker
 * finds the mark and knows that the mail may have been sent.
 */
@ApplicationScoped
class BeginHandOver {

    /**
     * The lease is this much longer than the longest dialogue: so that the mail can wait for its send time, and that there is time to write
     * the outcome.
     */
    private static final Duration MARGIN = SendRate.MAX_WAIT.plusSeconds(15);

    private final Database database;
    private final Leases leases;
    private final Deliveries deliveries;
    private final WeekOnce weekOnce;
    private final DeliveryConfig config;
    private final AuditLog audit;
    private final Clock clock;

    BeginHandOver(
            Database database,
            Leases leases,
            Deliveries deliveries,
            WeekOnce weekOnce,
            DeliveryConfig config,
            AuditLog audit,
            Clock clock) {
        this.database = database;
        this.leases = leases;
        this.deliveries = deliveries;
        this.weekOnce = weekOnce;
        this.config = config;
        this.audit = audit;
        this.clock = clock;
    }

    /** Whether the dialogue may begin. */
    sealed interface Begun {
        /** It may: the job is marked. */
        record Now() implements Begun {}

        /** The lease was lost: nothing may be sent. */
        record LeaseLost() implements Begun {}

        /** Another run has mailed the report of the week to the recipient. */
        record MailedByAnotherRun() implements Begun {}

        /** Another run may be mailing it at this moment. */
        record AnotherRunIsMailing() implements Begun {}
    }

    /** Commits it, if the dialogue may begin. */
    Uni<Begun> commit(DeliveryAttempt attempt, Composed mail) {
        return database.transaction(transaction -> others(transaction, attempt).flatMap(others -> switch (others) {
            case NONE -> begin(transaction, attempt, mail, attempt.mailMayBeOut());
            case UNSEEN -> begin(transaction, attempt, mail, true);
            case MAILING -> Uni.createFrom().item(new Begun.AnotherRunIsMailing());
            case MAILED -> Uni.createFrom().item(new Begun.MailedByAnotherRun());
        }));
    }

    /** A report on demand is mailed in any case, and so is a delivery that a user requested. */
    private Uni<WeekOnce.Others> others(SqlClient transaction, DeliveryAttempt attempt) {
        return attempt.report().runId() == null || attempt.delivery().requested()
                ? Uni.createFrom().item(WeekOnce.Others.NONE)
                : weekOnce.others(transaction, attempt.report());
    }

    /** @param mayBeTwice whether the recipient may have the report already */
    private Uni<Begun> begin(SqlClient transaction, DeliveryAttempt attempt, Composed composed, boolean mayBeTwice) {
        var mail = composed.mail();
        var lease = attempt.lease();
        var now = clock.instant();
        var begin = new Deliveries.Begin(
                lease.tenantId(), lease.reportId(), attempt.delivery().number(), composed.mode().text(), mail.to(),
                mail.messageId(), mayBeTwice, now);
        return leases.handOver(transaction, lease, config.timeout().plus(MARGIN))
                .flatMap(valid -> valid
                        ? deliveries.begin(transaction, begin)
                                .flatMap(_ -> audit.append(transaction, event(attempt, composed, mayBeTwice, now)))
                                .replaceWith(new Begun.Now())
                        : Uni.createFrom().item(new Begun.LeaseLost()));
    }

    /**
     * The dialogue that was committed does not begin, so it does not count. A mark of an earlier dialogue stays on the job. If the lease
     * was lost, the next worker decides.
     */
    Uni<Void> undo(DeliveryAttempt attempt) {
        var lease = attempt.lease();
        return database.transaction(transaction -> leases.lockValid(transaction, List.of(lease)).flatMap(valid -> valid.isEmpty()
                ? Uni.createFrom().voidItem()
                : deliveries.notBegun(transaction, lease.tenantId(), lease.reportId(), attempt.delivery())));
    }

    private static AuditEvent event(DeliveryAttempt attempt, Composed composed, boolean mayBeTwice, Instant now) {
        var mail = composed.mail();
        var lease = attempt.lease();
        Map<String, Object> detail = new HashMap<>(Map.of(
                "to", to(attempt.report(), mail), "messageId", mail.messageId(), "attempt", lease.attempt(),
                "dialogue", attempt.delivery().attempts() + 1, "unknownBefore", mayBeTwice));
        if (composed.mode() != attempt.report().delivery()) {
            // The mail is too large with its files.
            detail.put("mode", composed.mode().text());
        }
        return new AuditEvent(lease.tenantId(), now, AuditEvent.SERVICE, "report.handing-over", lease.reportId(), detail);
    }

    private static PersonalText to(ReportTask report, OutgoingMail mail) {
        return report.isSample()
                ? PersonalText.ofAddress(mail.to(), mail.to())
                : PersonalText.ofRecipient(report.recipient().id(), mail.to());
    }
}

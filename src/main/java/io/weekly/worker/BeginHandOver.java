package io.weekly.worker;

import io.smallrye.mutiny.Uni;
import io.weekly.audit.AuditEvent;
import io.weekly.audit.AuditLog;
import io.weekly.database.Database;
import io.weekly.delivery.Deliveries;
import io.weekly.delivery.DeliveryConfig;
import io.weekly.delivery.OutgoingMail;
import io.weekly.queue.Leases;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;

/**
 * Marks the job as handing over and commits that, before the dialogue with the mail server begins. It does so only if the lease is still
 * valid. If the worker dies after this commit, the next worker finds the mark and knows that the mail may have been sent.
 */
@ApplicationScoped
class BeginHandOver {

    /** The lease is this much longer than the longest dialogue, so that there is time to write the outcome. */
    private static final Duration MARGIN = Duration.ofSeconds(15);

    private final Database database;
    private final Leases leases;
    private final Deliveries deliveries;
    private final DeliveryConfig config;
    private final AuditLog audit;
    private final Clock clock;

    BeginHandOver(
            Database database,
            Leases leases,
            Deliveries deliveries,
            DeliveryConfig config,
            AuditLog audit,
            Clock clock) {
        this.database = database;
        this.leases = leases;
        this.deliveries = deliveries;
        this.config = config;
        this.audit = audit;
        this.clock = clock;
    }

    /** Commits it. False if the lease was lost: then nothing may be sent. */
    Uni<Boolean> commit(DeliveryAttempt attempt, OutgoingMail mail) {
        var lease = attempt.lease();
        var now = clock.instant();
        var begin = new Deliveries.Begin(
                lease.tenantId(), lease.reportId(), attempt.delivery().number(), attempt.report().delivery().text(), mail.to(),
                mail.messageId(), attempt.mailMayBeOut(), now);
        return database.transaction(transaction -> leases
                .handOver(transaction, lease, config.timeout().plus(MARGIN))
                .flatMap(valid -> valid
                        ? deliveries.begin(transaction, begin)
                                .flatMap(_ -> audit.append(transaction, event(attempt, mail, now)))
                                .replaceWith(true)
                        : Uni.createFrom().item(false)));
    }

    private static AuditEvent event(DeliveryAttempt attempt, OutgoingMail mail, Instant now) {
        var lease = attempt.lease();
        return new AuditEvent(
                lease.tenantId(),
                now,
                AuditEvent.SERVICE,
                "report.handing-over",
                lease.reportId(),
                Map.of("to", mail.to(), "messageId", mail.messageId(), "attempt", lease.attempt(),
                        "dialogue", attempt.delivery().attempts() + 1, "unknownBefore", attempt.mailMayBeOut()));
    }
}

package io.weekly.worker;

import io.smallrye.mutiny.Uni;
import io.weekly.audit.AuditEvent;
import io.weekly.audit.AuditLog;
import io.weekly.database.Database;
import io.weekly.delivery.Deliveries;
import io.weekly.delivery.DeliveryConfig;
import io.weekly.delivery.OutgoingMail;
import io.weekly.queue.Lease;
import io.weekly.queue.Leases;
import io.weekly.report.ReportTask;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;

/** The fenced commit that says "handing over", before the first word to the mail server. Whoever finds it later knows what nobody saw the end of. */
@ApplicationScoped
class BeginHandOver {

    /** Between the end of the longest dialogue and the end of its lease: time enough to write the outcome. */
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

    /** False where the lease was lost: then nothing may be sent. */
    Uni<Boolean> of(Lease lease, ReportTask report, OutgoingMail letter, Deliveries.Begun delivery, boolean unknownBefore) {
        var now = clock.instant();
        var begin = new Deliveries.Begin(
                lease.tenantId(), lease.reportId(), delivery.number(), report.delivery().text(), letter.to(), letter.messageId(),
                unknownBefore, now);
        var event = new AuditEvent(
                lease.tenantId(),
                now,
                AuditEvent.SERVICE,
                "report.handing-over",
                lease.reportId(),
                Map.of("to", letter.to(), "messageId", letter.messageId(), "attempt", lease.attempt(), "dialogue", delivery.attempts() + 1,
                        "unknownBefore", unknownBefore));
        return database.transaction(transaction -> leases
                .handOver(transaction, lease, config.timeout().plus(MARGIN))
                .flatMap(mine -> mine
                        ? deliveries.begin(transaction, begin)
                                .flatMap(begun -> audit.append(transaction, event))
                                .replaceWith(true)
                        : Uni.createFrom().item(false)));
    }
}

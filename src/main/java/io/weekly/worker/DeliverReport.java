package io.weekly.worker;

import io.smallrye.mutiny.Uni;
import io.weekly.delivery.Deliveries;
import io.weekly.queue.Lane;
import io.weekly.queue.Lease;
import io.weekly.report.ReportStatus;
import io.weekly.report.ReportTask;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;

/** The deliver stage: takes one generated report from its claimed job to the reply of the mail server. */
@ApplicationScoped
class DeliverReport implements Stage {

    private final StageRunner runner;
    private final Deliveries deliveries;
    private final DeliveryPolicy policy;
    private final AddressSuppression suppression;
    private final MailDialogue dialogue;
    private final DeliverSlots slots;
    private final Clock clock;

    DeliverReport(
            StageRunner runner, Deliveries deliveries, DeliveryPolicy policy, AddressSuppression suppression, MailDialogue dialogue,
            DeliverSlots slots, Clock clock) {
        this.runner = runner;
        this.deliveries = deliveries;
        this.policy = policy;
        this.suppression = suppression;
        this.dialogue = dialogue;
        this.slots = slots;
        this.clock = clock;
    }

    @Override
    public Lane lane() {
        return Lane.DELIVER;
    }

    /** As many as the mail server accepts at the same time. */
    @Override
    public Slots slots() {
        return slots.now();
    }

    /** Until the outcome of a mail is written, a crash can cause it to be sent again. So the mail keeps its slot until then. */
    @Override
    public boolean keepsSlotUntilWritten() {
        return true;
    }

    @Override
    public Uni<FinishedStage> run(Lease lease) {
        var round = slots.round();
        return runner.run(lease, report -> deliver(lease, report, round), failure -> policy.afterFailure(lease, failure));
    }

    private Uni<Outcome> deliver(Lease lease, ReportTask report, int round) {
        if (report.status() != ReportStatus.GENERATED) {
            return end(new Outcome.NothingToDo());
        }
        var now = clock.instant();
        return deliveries.latest(lease.tenantId(), lease.reportId(), now)
                .map(latest -> latest.orElseGet(() -> deliveries.first(lease.reportId(), now)))
                .map(delivery -> new DeliveryAttempt(lease, report, delivery, round))
                .flatMap(attempt -> policy.endWithoutMail(attempt, now).map(DeliverReport::end).orElseGet(() -> sendIfAllowed(attempt)));
    }

    private Uni<Outcome> sendIfAllowed(DeliveryAttempt attempt) {
        return suppression.outcome(attempt.report()).flatMap(suppressed -> suppressed
                .map(ended -> end(policy.endedWithoutMail(attempt, ended)))
                .orElseGet(() -> dialogue.send(attempt)));
    }

    private static Uni<Outcome> end(Outcome outcome) {
        return Uni.createFrom().item(outcome);
    }
}

package io.weekly.worker;

import io.smallrye.mutiny.Uni;
import io.weekly.delivery.Deliveries;
import io.weekly.delivery.DomainReplies;
import io.weekly.delivery.HandOver;
import io.weekly.delivery.MailDomains;
import io.weekly.delivery.MailDomains.Admission;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.Optional;
import java.util.function.Function;

/**
 * Lets a mail pass if its domain takes mails from us now. Otherwise the job goes back to the queue, so it uses no slot of the lane. That is
 * no attempt and no event of the report.
 */
@ApplicationScoped
class DomainGate {

    private final MailDomains domains;
    private final Deliveries deliveries;
    private final DeliveryPolicy policy;
    private final Clock clock;

    DomainGate(MailDomains domains, Deliveries deliveries, DeliveryPolicy policy, Clock clock) {
        this.domains = domains;
        this.deliveries = deliveries;
        this.policy = policy;
        this.clock = clock;
    }

    /** @param send gets the attempt and whether its mail is the probe of a paused domain */
    Uni<Outcome> pass(DeliveryAttempt attempt, Function<Boolean, Uni<Outcome>> send) {
        return domains.admit(domain(attempt)).flatMap(admission -> switch (admission) {
            case Admission.Open _ -> send.apply(false);
            case Admission.Probe _ -> send.apply(true)
                    .onItem()
                    .call(outcome -> afterProbe(attempt, outcome))
                    .onFailure()
                    .call(() -> domains.probeEndedWithoutReply(domain(attempt)));
            case Admission.Wait wait -> putOff(attempt, wait);
        });
    }

    /** There may have been no dialogue, or one that says nothing about us, such as an unknown recipient. */
    private Uni<Void> afterProbe(DeliveryAttempt attempt, Outcome outcome) {
        return outcome.handOver().filter(DomainGate::isAboutUs).isPresent()
                ? Uni.createFrom().voidItem()
                : domains.probeEndedWithoutReply(domain(attempt));
    }

    private static boolean isAboutUs(HandOver handOver) {
        return handOver instanceof HandOver.Accepted || handOver instanceof HandOver.Deferred deferred && deferred.isRefusalOfSender();
    }

    /** For a mail that has passed and then waited: put off if its domain has been paused meanwhile. */
    Optional<Uni<Outcome>> pausedMeanwhile(DeliveryAttempt attempt, boolean probe) {
        return probe ? Optional.empty() : domains.pause(domain(attempt)).map(wait -> putOff(attempt, wait));
    }

    private Uni<Outcome> putOff(DeliveryAttempt attempt, Admission.Wait wait) {
        var outcome = policy.whileDomainWaits(attempt, wait);
        return attempt.delivery().attempts() > 0
                ? Uni.createFrom().item(outcome)
                // Its time for deferrals begins now.
                : deliveries.putOff(begin(attempt)).replaceWith(outcome);
    }

    private Deliveries.Begin begin(DeliveryAttempt attempt) {
        var lease = attempt.lease();
        return new Deliveries.Begin(
                lease.tenantId(), lease.reportId(), attempt.delivery().number(), attempt.report().delivery().text(),
                attempt.report().address(), attempt.delivery().messageId(), attempt.mailMayBeOut(), clock.instant());
    }

    private static String domain(DeliveryAttempt attempt) {
        return DomainReplies.domain(attempt.report().address());
    }
}

package io.weekly.worker;

import io.weekly.delivery.Deliveries;
import io.weekly.queue.Lease;
import io.weekly.report.ReportTask;

/**
 * One attempt to deliver a report.
 *
 * @param delivery the report's latest delivery, or its first
 * @param round the round of {@link CongestionWindow} in which the attempt began
 */
record DeliveryAttempt(Lease lease, ReportTask report, Deliveries.Delivery delivery, int round) {

    /** The next dialogue of the same attempt, with a smaller mail. */
    DeliveryAttempt withNextDialogue() {
        var next = new Deliveries.Delivery(
                delivery.number(), delivery.messageId(), delivery.linked(), delivery.unknownBefore(), delivery.attempts() + 1,
                delivery.since(), delivery.requested());
        return new DeliveryAttempt(lease, report, next, round);
    }

    /** Whether an earlier dialogue may have sent the mail, because its end is unknown. */
    boolean mailMayBeOut() {
        return lease.handingOver() || delivery.unknownBefore();
    }
}

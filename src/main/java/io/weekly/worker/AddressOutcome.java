package io.weekly.worker;

import io.weekly.delivery.HandOver;
import io.weekly.delivery.reply.ReplyClass;
import io.weekly.report.ReportTask;
import java.time.Instant;
import java.util.Optional;

/**
 * What the end of a dialogue says about the address of its mail.
 *
 * @param period the ISO week of the report
 * @param reply of the mail server
 */
record AddressOutcome(Kind kind, int tenantId, String address, String period, String reply, Instant at) {

    /** What it says. */
    enum Kind {
        /** The server took a mail for it. */
        TOOK,
        /** It does not exist. */
        DOES_NOT_EXIST,
        /** Its mailbox was full until the service gave up. */
        FULL
    }

    /** Empty if it says nothing about the address. A reply about us, or about the service, says nothing. */
    static Optional<AddressOutcome> of(FinishedStage finished) {
        return finished.report().flatMap(report -> finished.outcome()
                .handOver()
                .flatMap(handOver -> kind(finished.outcome(), handOver, report).map(kind -> new AddressOutcome(
                        kind, report.tenant().id(), report.address(), report.period(), handOver.reply(), finished.endedAt()))));
    }

    private static Optional<Kind> kind(Outcome outcome, HandOver handOver, ReportTask report) {
        return switch (outcome.status().orElse(report.status())) {
            case DELIVERED -> Optional.of(Kind.TOOK);
            case BOUNCED -> Optional.of(Kind.DOES_NOT_EXIST).filter(_ -> isAbout(handOver, ReplyClass.ADDRESS));
            // A sample is mailed in any week to somebody who looks at it, so it says nothing about weeks in a row.
            case FAILED -> Optional.of(Kind.FULL).filter(_ -> !report.isSample() && isAbout(handOver, ReplyClass.MAILBOX_FULL));
            default -> Optional.empty();
        };
    }

    private static boolean isAbout(HandOver handOver, ReplyClass about) {
        return handOver.reason().filter(about::equals).isPresent();
    }
}

package io.weekly.report;

import java.util.Arrays;
import java.util.Locale;

/**
 * What one may do with a single report, and when.
 *
 * <table>
 * <caption>Where it is allowed; "kept" means that its files have not expired</caption>
 * <tr><th></th><th>cancellation</th><th>retry</th><th>deliveries</th></tr>
 * <tr><td>queued; generated, waiting to be mailed</td><td>unless its mail may be out</td><td></td><td></td></tr>
 * <tr><td>generating, delivering</td><td></td><td></td><td></td></tr>
 * <tr><td>generated, not to be mailed; delivered</td><td></td><td></td><td>if kept</td></tr>
 * <tr><td>bounced, failed, suppressed, skipped, cancelled, unknown</td><td></td><td>yes</td><td>if kept</td></tr>
 * </table>
 *
 * <p>While its run is being cancelled nothing goes on and nothing is sent again: it would be taken away with the rest. Nor while its run
 * is held, or waits for its data: it would go out before anybody has approved it.
 */
enum ReportVerb {
    /** It shall not happen. */
    CANCELLATION {
        @Override
        boolean isAllowed(Standing report) {
            return !report.done() && !report.underWay() && !report.mailMayBeOut();
        }
    },
    /** It goes on where it stopped. */
    RETRY {
        @Override
        boolean isAllowed(Standing report) {
            return report.done() && !report.wentWell() && !report.runIsStopped();
        }
    },
    /** It is sent again, as a new delivery. */
    DELIVERIES {
        @Override
        boolean isAllowed(Standing report) {
            return report.done() && report.kept() && !report.runIsStopped();
        }
    };

    abstract boolean isAllowed(Standing report);

    /** Its name in a path. */
    String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Why it is not, and what is. */
    String refusal(Standing report) {
        return "The report is %s, which allows no %s. %s".formatted(report.words(), text(), allowed(report));
    }

    private static String allowed(Standing report) {
        var allowed = Arrays.stream(values()).filter(verb -> verb.isAllowed(report)).map(ReportVerb::text).toList();
        if (!allowed.isEmpty()) {
            return "Allowed now: %s.".formatted(String.join(", ", allowed));
        }
        return report.done() && !report.runIsStopped() ? "Ask for a new one." : "Ask again when that has ended.";
    }

    /**
     * Where a report is as far as the rules are concerned.
     *
     * @param status as its readers see it
     * @param mailMayBeOut whether a dialogue with the mail server was begun that nobody saw the end of
     * @param runIsStopped whether its run waits for its data or is held, or was cancelled and still has something open
     * @param kept whether it has files, and its mail, that have not expired
     */
    record Standing(ReportStatus status, DeliveryMode delivery, boolean mailMayBeOut, boolean runIsStopped, boolean kept) {

        boolean done() {
            return status.isEnd(delivery);
        }

        boolean underWay() {
            return status == ReportStatus.GENERATING || status == ReportStatus.DELIVERING;
        }

        boolean wentWell() {
            return status == ReportStatus.GENERATED || status == ReportStatus.DELIVERED;
        }

        private String words() {
            if (mailMayBeOut && !underWay()) {
                return status.text() + " (its mail may be out)";
            }
            if (runIsStopped && done()) {
                return status.text() + " (its run is held or being cancelled)";
            }
            return status.text() + (done() && !kept ? " (its files are not kept)" : "");
        }
    }
}

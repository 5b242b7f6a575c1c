package io.weekly.report;

import java.util.Arrays;
import java.util.Locale;

/**
 * The actions of a user on a single report, and the statuses that allow them.
 *
 * <table>
 * <caption>Which status allows what. "if kept": if the files have not expired</caption>
 * <tr><th></th><th>cancellation</th><th>retry</th><th>deliveries</th></tr>
 * <tr><td>queued; generated, waiting to be mailed</td><td>unless its mail may have been sent</td><td></td><td></td></tr>
 * <tr><td>generating, delivering</td><td></td><td></td><td></td></tr>
 * <tr><td>generated, not to be mailed; delivered</td><td></td><td></td><td>if kept</td></tr>
 * <tr><td>bounced, failed, suppressed, skipped, cancelled, unknown</td><td></td><td>yes</td><td>if kept</td></tr>
 * </table>
 *
 * <p>Retry and deliveries are not allowed while the run of the report is stopped. If the run is being cancelled, its reports are cancelled
 * too. If the run is held or waits for its data, the report would be sent before the run is released.
 */
enum ReportVerb {
    /** Do not generate or send it. */
    CANCELLATION {
        @Override
        boolean isAllowed(Situation report) {
            return !report.done() && !report.underWay() && !report.mailMayBeOut();
        }
    },
    /** Continue it with the stage that did not succeed. */
    RETRY {
        @Override
        boolean isAllowed(Situation report) {
            return report.done() && !report.wentWell() && !report.runIsStopped();
        }
    },
    /** Send it again, as a new delivery. */
    DELIVERIES {
        @Override
        boolean isAllowed(Situation report) {
            return report.done() && report.kept() && !report.runIsStopped();
        }
    };

    abstract boolean isAllowed(Situation report);

    /** Its name in the path of the API. */
    String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The reason why it is not allowed, and what is. */
    String refusal(Situation report) {
        return "The report is %s, which allows no %s. %s".formatted(report.words(), text(), allowed(report));
    }

    private static String allowed(Situation report) {
        var allowed = Arrays.stream(values()).filter(verb -> verb.isAllowed(report)).map(ReportVerb::text).toList();
        if (!allowed.isEmpty()) {
            return "Allowed now: %s.".formatted(String.join(", ", allowed));
        }
        return report.done() && !report.runIsStopped() ? "Ask for a new one." : "Ask again when that has ended.";
    }

    /**
     * What the rules need to know of a report.
     *
     * @param status as users see it
     * @param mailMayBeOut whether a dialogue with the mail server started and its end is unknown
     * @param runIsStopped whether its run waits for its data, is held, or is being cancelled
     * @param kept whether it has files, including its mail, that have not expired
     */
    record Situation(ReportStatus status, DeliveryMode delivery, boolean mailMayBeOut, boolean runIsStopped, boolean kept) {

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

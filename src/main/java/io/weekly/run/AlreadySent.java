package io.weekly.run;

import io.weekly.database.Ids;
import io.weekly.delivery.DeliveryConfig;
import io.weekly.delivery.DeliveryConfig.OnUnknown;
import io.weekly.report.DeliveryMode;
import io.weekly.report.WeekOnce;
import jakarta.enterprise.context.ApplicationScoped;

/**
 * Decides for each recipient whether the run of a schedule makes its report, or whether another run has sent the report of the week
 * already.
 *
 * <table>
 * <caption>What another run's report of the same recipient, definition and period means for a run that delivers</caption>
 * <tr><th>status</th><th>the recipient gets another one</th></tr>
 * <tr><td>delivered, bounced, suppressed</td><td>no</td></tr>
 * <tr><td>failed, cancelled, skipped</td><td>yes</td></tr>
 * <tr><td>unknown</td><td>as {@code weekly.delivery.on-unknown} says: yes for {@code resend}, no for {@code hold}</td></tr>
 * <tr><td>not ended</td><td>yes: it may still fail or be cancelled</td></tr>
 * <tr><td>any, but it was mailed before a user requested one more delivery</td><td>no</td></tr>
 * <tr><td>any, but it was only to be generated</td><td>yes</td></tr>
 * </table>
 *
 * <p>If a recipient has several reports of the week, one "no" is enough. A run that only generates makes no second report for a recipient
 * that has one in any way: it was generated, mailed or suppressed, or its run makes it. A run does not make it while it waits for its data,
 * is held, or is being cancelled.
 *
 * <p>Reports on demand and samples belong to no run, so they do not count. Neither do reports of a run that was started before the week was
 * over, and reports of a deleted recipient whose user id somebody else has now.
 *
 * <p>So two runs can have a report for a recipient. {@link WeekOnce} makes sure that one of them is mailed.
 */
@ApplicationScoped
class AlreadySent {

    private static final String NOT_ENDED = "(x.status = 'queued' OR x.status = 'generated' AND x.delivery <> 'none')";
    private static final String IS_STOPPED =
            """
            (o.state IN ('waiting', 'held') OR o.state = 'enqueuing' AND o.held_jobs
                                           OR o.state = 'cancelled' AND o.finished_at IS NULL)""";
    private static final String SENT =
            """
            x.delivery <> 'none' AND (x.status IN (%s) OR %s)""";
    private static final String MADE =
            """
            (x.status IN ('delivered', 'bounced', 'suppressed', 'unknown') OR x.status = 'generated' AND x.delivery = 'none'
             OR %s AND NOT %s)"""
                    .formatted(NOT_ENDED, IS_STOPPED);

    // The few runs of the period come first, then one row of the key report_once for each of them. Without the join order and the index,
    // the server may read all reports of the period for each chunk.
    private static final String REPORTS_OF_OTHER_RUNS =
            """
            FROM run o
            JOIN report x FORCE INDEX (report_once)
              ON x.tenant_id = o.tenant_id AND x.definition = o.definition AND x.period = o.period AND x.revision = o.revision
                 AND x.recipient_id = rc.id AND x.request = UNHEX('%s') AND x.run_id = o.id
            WHERE o.tenant_id = r.tenant_id AND o.definition = r.definition AND o.period = r.period AND o.id <> r.id
              AND NOT o.unfinished AND x.incarnation = rc.incarnation"""
                    .formatted(Ids.NONE);

    private final DeliveryConfig delivery;

    AlreadySent(DeliveryConfig delivery) {
        this.delivery = delivery;
    }

    /** The condition that the recipient {@code rc} needs no report of the run {@code r}. It has no parameters. */
    String condition(LockedRun run) {
        return "EXISTS (\nSELECT STRAIGHT_JOIN 1\n%s\n  AND %s)".formatted(REPORTS_OF_OTHER_RUNS, counts(run));
    }

    /** The status of a report that satisfies {@link #condition}, for the recipient {@code rc}. It has no parameters. */
    String status(LockedRun run) {
        return "(\nSELECT STRAIGHT_JOIN IF(%s, 'open', MIN(x.status))\n%s\n  AND %s)"
                .formatted("MAX(" + NOT_ENDED + ")", REPORTS_OF_OTHER_RUNS, counts(run));
    }

    private String counts(LockedRun run) {
        return run.delivery() == DeliveryMode.NONE ? MADE : SENT.formatted(sentStatuses(), WeekOnce.ACCEPTED);
    }

    private String sentStatuses() {
        var sent = "'delivered', 'bounced', 'suppressed'";
        return delivery.onUnknown() == OnUnknown.HOLD ? sent + ", 'unknown'" : sent;
    }
}

package io.weekly.report;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlClient;
import io.vertx.mutiny.sqlclient.Tuple;
import io.weekly.delivery.DeliveryConfig;
import io.weekly.delivery.DeliveryConfig.OnUnknown;
import io.weekly.queue.JobQueue;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.stream.StreamSupport;

/**
 * Makes sure that the runs of a week mail a definition to a recipient once. Two runs can have a report for the same recipient: a
 * schedule fires while another run is under way, a user retries a report of an earlier run, or somebody approves a held run after a
 * schedule has fired. So the deliver stage checks the reports of the other runs immediately before it hands the mail over.
 *
 * <p>Two mails are intended in four cases, which are not checked: reports on demand, a delivery that a user requested, a run of a week that
 * was not over, and a new revision that a user started for corrected data. The new revision is mailed although an earlier one was.
 */
@ApplicationScoped
public class WeekOnce {

    /**
     * The SQL condition that the mail server has accepted a mail of the report {@code x}, whatever happened to a delivery that a user
     * requested after it.
     */
    public static final String ACCEPTED =
            """
            EXISTS (SELECT 1
                    FROM delivery d
                    WHERE d.tenant_id = x.tenant_id AND d.report_id = x.id AND d.outcome = 'accepted')""";

    private final JobQueue queue;
    private final DeliveryConfig delivery;

    WeekOnce(JobQueue queue, DeliveryConfig delivery) {
        this.queue = queue;
        this.delivery = delivery;
    }

    /** What the other runs have done for the recipient. */
    public enum Others {
        /** No other run has mailed the report. */
        NONE,
        /** A dialogue with the mail server is under way for another run, or nobody saw its end. */
        MAILING,
        /** Another run has mailed the report, or the mail server has refused it. */
        MAILED,
        /** Nobody saw the end of another run's dialogue, and the setting says to send again. The recipient may get two mails. */
        UNSEEN
    }

    /**
     * Checks the other runs. It locks the jobs of their reports until the transaction ends, so none of them can begin a hand-over. Two
     * checks at the same time wait for each other; the server then ends one of the two transactions, and that one runs again.
     */
    public Uni<Others> others(SqlClient transaction, ReportTask report) {
        return reports(transaction, report).flatMap(found -> found.isEmpty()
                ? Uni.createFrom().item(Others.NONE)
                : isBeingMailed(transaction, found)
                        // Read again: while this transaction waited for a job, its stage may have ended.
                        .flatMap(mailing -> reports(transaction, report).map(now -> judge(now, mailing))));
    }

    // The few runs of the period come first, then one row of the key report_once for each of them.
    private static final String OTHERS =
            """
            SELECT STRAIGHT_JOIN LOWER(HEX(x.id)) AS id, x.status, %s AS accepted
            FROM report mine
            JOIN run r ON r.tenant_id = mine.tenant_id AND r.id = mine.run_id
            JOIN run o ON o.tenant_id = r.tenant_id AND o.definition = r.definition AND o.period = r.period AND o.id <> r.id
            JOIN report x FORCE INDEX (report_once)
              ON x.tenant_id = o.tenant_id AND x.definition = o.definition AND x.period = o.period AND x.revision = o.revision
                 AND x.recipient_id = mine.recipient_id AND x.request = mine.request AND x.run_id = o.id
            WHERE mine.tenant_id = ? AND mine.id = UNHEX(?) AND x.incarnation = mine.incarnation AND x.delivery <> 'none'
              AND NOT (r.triggered_by = 'manual' AND o.revision < r.revision) AND NOT r.unfinished AND NOT o.unfinished"""
                    .formatted(ACCEPTED);

    private static Uni<List<Other>> reports(SqlClient transaction, ReportTask report) {
        return transaction
                .preparedQuery(OTHERS)
                .execute(Tuple.of(report.tenant().id(), report.reportId()))
                .map(rows -> StreamSupport.stream(rows.spliterator(), false)
                        .map(row -> new Other(
                                row.getString("id"),
                                ReportStatus.of(row.getString("status")).orElseThrow(),
                                row.getInteger("accepted") != 0))
                        .toList());
    }

    /** @param accepted whether the mail server has accepted a mail of the report, whatever happened to later deliveries */
    private record Other(String id, ReportStatus status, boolean accepted) {}

    private Uni<Boolean> isBeingMailed(SqlClient transaction, List<Other> others) {
        return Multi.createFrom()
                .iterable(others)
                .onItem()
                .transformToUniAndConcatenate(other -> queue.lock(transaction, other.id()))
                .collect()
                .asList()
                .map(jobs -> jobs.stream().anyMatch(job -> job.map(JobQueue.Found::handingOver).orElse(false)));
    }

    private Others judge(List<Other> others, boolean mailing) {
        if (others.stream().anyMatch(other -> other.accepted() || wasMailed(other.status()))) {
            return Others.MAILED;
        }
        if (mailing) {
            return Others.MAILING;
        }
        return others.stream().anyMatch(other -> other.status() == ReportStatus.UNKNOWN) ? Others.UNSEEN : Others.NONE;
    }

    private boolean wasMailed(ReportStatus status) {
        return switch (status) {
            case DELIVERED, BOUNCED -> true;
            case UNKNOWN -> delivery.onUnknown() == OnUnknown.HOLD;
            case QUEUED, GENERATING, GENERATED, DELIVERING, FAILED, SUPPRESSED, SKIPPED, CANCELLED -> false;
        };
    }
}

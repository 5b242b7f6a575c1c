package io.weekly.queue;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlClient;
import io.vertx.mutiny.sqlclient.Tuple;
import io.weekly.database.MultiRowInsert;
import io.weekly.database.Placeholders;
import io.weekly.database.Utc;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.StreamSupport;

/**
 * Changes jobs in the caller's transaction: enqueues jobs, locks them, and ends their stage (complete, retry, defer, put off, discard).
 * {@link Leases} claims jobs and extends and releases leases, in its own transactions.
 */
@ApplicationScoped
public class JobQueue {

    private static final String ENQUEUE =
            """
            INSERT IGNORE INTO job (lane, state, priority, turn, tenant_id, report_id, attempt, due_at, handing_over, created_at)
            VALUES %s""";
    private static final String READY = "(?, 'ready', ?, ?, ?, UNHEX(?), 0, NOW(6), FALSE, NOW(6))";

    // The index report_once has the range of the chunk. A window spreads its reports evenly, by a hash of their ids.
    private static final String ENQUEUE_CHUNK =
            """
            INSERT IGNORE INTO job (lane, state, priority, turn, tenant_id, report_id, attempt, due_at, handing_over, created_at)
            SELECT 'generate', ?, ?, ? + ROW_NUMBER() OVER (ORDER BY recipient_id) - 1, tenant_id, id, 0,
                   IF(?, TIMESTAMP('9999-01-01'), NOW(6)) + INTERVAL (? * 60 * (CRC32(id) % 10000) DIV 10000) SECOND, FALSE, NOW(6)
            FROM report
            WHERE tenant_id = ? AND definition = ? AND period = ? AND revision = ?
              AND recipient_id > ? AND recipient_id <= ? AND run_id = UNHEX(?)""";

    private static final String LET_GO =
            """
            UPDATE job j
            JOIN report r ON r.id = j.report_id
            SET j.due_at = NOW(6) + INTERVAL TIMESTAMPDIFF(SECOND, '9999-01-01', j.due_at) SECOND
            WHERE r.tenant_id = ? AND r.definition = ? AND r.period = ? AND r.revision = ?
              AND r.recipient_id > ? AND r.recipient_id <= ? AND r.run_id = UNHEX(?)
              AND j.lane = 'generate' AND j.state = 'scheduled' AND j.due_at >= '9999-01-01'""";

    private static final String SCHEDULE =
            """
            UPDATE job
            SET state = 'scheduled', due_at = NOW(6) + INTERVAL ? MICROSECOND, lease_token = NULL, leased_at = NULL, handing_over = ?,
                attempt = attempt - ?
            WHERE id = ?""";

    private static final String COMPLETE =
            """
            DELETE FROM job
            WHERE id IN (%s)""";

    private static final String LOCK_WAITING =
            """
            SELECT id, lane, LOWER(HEX(report_id)) AS report_id
            FROM job
            WHERE id IN (%s) AND state IN ('ready', 'scheduled') AND NOT handing_over
            ORDER BY id
            FOR UPDATE SKIP LOCKED""";

    private static final String DISCARD =
            """
            DELETE FROM job
            WHERE id = ?""";
    private static final String OF_REPORT =
            """
            SELECT id, state = 'leased' AS leased, handing_over <> 0 AS handing_over
            FROM job
            WHERE report_id = UNHEX(?)
            FOR UPDATE""";

    private final FairOrder fairOrder;

    JobQueue(FairOrder fairOrder) {
        this.fairOrder = fairOrder;
    }

    /** Adds a job for the next stage of each report, ready now. A report that already has a job in this lane gets no second one. */
    public Uni<Void> enqueue(SqlClient transaction, Lane lane, Priority priority, int tenantId, List<String> reportIds) {
        if (reportIds.isEmpty()) {
            return Uni.createFrom().voidItem();
        }
        return fairOrder.reserve(transaction, lane, priority, tenantId, reportIds.size())
                .flatMap(first -> {
                    var rows = new ArrayList<Tuple>();
                    for (var reportId : reportIds) {
                        rows.add(Tuple.of(lane.sql(), priority.sql(), first + rows.size(), tenantId, reportId));
                    }
                    return MultiRowInsert.insert(transaction, ENQUEUE, READY, rows);
                });
    }

    /** Adds the generate jobs of a chunk of a run, by one statement. */
    public Uni<Void> enqueue(SqlClient transaction, RunChunk chunk) {
        if (chunk.reports() == 0) {
            return Uni.createFrom().voidItem();
        }
        // A scheduled job gets its turn when its time has come. A held job is scheduled for the year 9999.
        var scheduled = chunk.held() || chunk.windowMinutes() > 0;
        var first = scheduled
                ? Uni.createFrom().item(0L)
                : fairOrder.reserve(transaction, Lane.GENERATE, Priority.BULK, chunk.tenantId(), chunk.reports());
        return first.flatMap(turn -> transaction
                        .preparedQuery(ENQUEUE_CHUNK)
                        .execute(Tuple.from(new Object[] {
                            scheduled ? "scheduled" : "ready",
                            Priority.BULK.sql(),
                            turn,
                            chunk.held(),
                            chunk.windowMinutes(),
                            chunk.tenantId(),
                            chunk.definition(),
                            chunk.period(),
                            chunk.revision(),
                            chunk.after(),
                            chunk.upTo(),
                            chunk.runId()
                        })))
                .replaceWithVoid();
    }

    /** Releases the held jobs of a chunk of a run. They are spread over the window of the run, which begins now. */
    public Uni<Void> letGo(SqlClient transaction, RunChunk chunk) {
        return transaction
                .preparedQuery(LET_GO)
                .execute(Tuple.from(new Object[] {
                    chunk.tenantId(), chunk.definition(), chunk.period(), chunk.revision(), chunk.after(), chunk.upTo(), chunk.runId()
                }))
                .replaceWithVoid();
    }

    /**
     * The job of a report that a caller wants to change.
     *
     * @param leased whether a worker has it
     * @param handingOver whether a dialogue with the mail server began and its end is unknown
     */
    public record Found(long jobId, boolean leased, boolean handingOver) {}

    /**
     * Locks the job of a report until the transaction ends; empty if the report has no job. Every change of a report locks its job first,
     * as the end of a stage does.
     */
    public Uni<Optional<Found>> lock(SqlClient transaction, String reportId) {
        return transaction.preparedQuery(OF_REPORT).execute(Tuple.of(reportId)).map(rows -> StreamSupport.stream(
                        rows.spliterator(), false)
                .map(row -> new Found(row.getLong("id"), row.getInteger("leased") != 0, row.getInteger("handing_over") != 0))
                .findFirst());
    }

    /** Deletes a job that is not wanted any more. The caller holds the job's lock, by {@link #lock}. */
    public Uni<Void> discard(SqlClient transaction, Optional<Found> job) {
        return job.isEmpty()
                ? Uni.createFrom().voidItem()
                : transaction.preparedQuery(DISCARD).execute(Tuple.of(job.get().jobId())).replaceWithVoid();
    }

    /** A job that no worker holds, locked by {@link #lockWaiting}. */
    public record WaitingJob(long id, Lane lane, String reportId) {}

    /**
     * Locks those of the jobs that no worker holds and that are in no unfinished mail dialogue, until the transaction ends. Jobs that
     * another transaction has locked are left out.
     */
    public Uni<List<WaitingJob>> lockWaiting(SqlClient transaction, List<Long> jobIds) {
        return transaction
                .preparedQuery(LOCK_WAITING.formatted(Placeholders.of("?", jobIds.size())))
                .execute(Tuple.from(jobIds))
                .map(rows -> StreamSupport.stream(rows.spliterator(), false)
                        .map(row -> new WaitingJob(row.getLong("id"), Lane.of(row.getString("lane")), row.getString("report_id")))
                        .toList());
    }

    /** Deletes waiting jobs, so their stages never start. The list must not be empty. */
    public Uni<Void> discard(SqlClient transaction, List<WaitingJob> jobs) {
        return transaction
                .preparedQuery(COMPLETE.formatted(Placeholders.of("?", jobs.size())))
                .execute(Tuple.from(jobs.stream().map(WaitingJob::id).toList()))
                .replaceWithVoid();
    }

    /** Deletes jobs whose stage has ended. The caller holds their locks, by {@link Leases#lockValid}. */
    public Uni<Void> complete(SqlClient transaction, Collection<Lease> leases) {
        if (leases.isEmpty()) {
            return Uni.createFrom().voidItem();
        }
        var ids = JobIds.of(leases);
        return transaction.preparedQuery(ids.in(COMPLETE)).execute(ids.after()).replaceWithVoid();
    }

    /**
     * Schedules another attempt after the pause. The caller holds the job's lock, by {@link Leases#lockValid}.
     *
     * @param handingOver whether the job keeps or gets the mark of an unfinished dialogue, so that the next attempt knows that the mail may
     * have been sent
     */
    public Uni<Void> retry(SqlClient transaction, Lease lease, Duration pause, boolean handingOver) {
        return schedule(transaction, lease, pause, handingOver, 0);
    }

    /**
     * The mail server said "not now": schedules the stage for after the pause and gives the attempt back. The caller holds the job's lock.
     */
    public Uni<Void> defer(SqlClient transaction, Lease lease, Duration pause) {
        return schedule(transaction, lease, pause, false, 1);
    }

    /** The stage did not begin: schedules it for after the pause and gives the attempt back. The caller holds the job's lock. */
    public Uni<Void> putOff(SqlClient transaction, Lease lease, Duration pause) {
        return schedule(transaction, lease, pause, lease.handingOver(), 1);
    }

    private static Uni<Void> schedule(SqlClient transaction, Lease lease, Duration pause, boolean handingOver, int attemptsBack) {
        return transaction
                .preparedQuery(SCHEDULE)
                .execute(Tuple.of(Utc.micros(pause), handingOver, attemptsBack, lease.jobId()))
                .replaceWithVoid();
    }
}

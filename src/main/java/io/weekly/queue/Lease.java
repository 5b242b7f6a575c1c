package io.weekly.queue;

import java.time.Duration;

/**
 * A job that this process may work on.
 *
 * @param token the job's row must still have it when the end of the stage is written
 * @param attempt which attempt this is, from 1
 * @param handingOver whether an earlier attempt began a dialogue with the mail server whose end is unknown
 * @param waited from the time when the job became ready until its claim, by the database's clock
 */
public record Lease(
        long jobId,
        long token,
        Lane lane,
        Priority priority,
        int tenantId,
        String reportId,
        int attempt,
        boolean handingOver,
        Duration waited) {}

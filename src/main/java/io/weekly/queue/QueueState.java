package io.weekly.queue;

import java.time.Instant;
import java.util.List;

/**
 * The state of the queue.
 *
 * @param lanes all lanes, also those that no process works
 * @param workers the processes that work lanes and were seen in the last ten seconds
 */
public record QueueState(List<LaneState> lanes, List<WorkerState> workers) {

    /**
     * One lane, over all processes.
     *
     * @param paused no job of it is claimed; stages under way finish
     * @param ready jobs that only wait for a worker
     * @param scheduled jobs whose time has not come: retries, reports spread over a window, held reports
     * @param running jobs that a worker has leased: under way, or next in its buffer
     * @param oldestReadySeconds how long the oldest ready job has waited; 0 if none is ready
     * @param finishedPerMinute stages that ended in the last minute; a stage that will be tried again does not count
     * @param failedPerMinute how many of these failed
     * @param p95WaitSeconds 95 of 100 jobs that were claimed in the last minute had waited at most this long; up to a fifth too large; 0 if
     *     no job was claimed
     */
    public record LaneState(
            Lane name,
            boolean paused,
            long ready,
            long scheduled,
            long running,
            double oldestReadySeconds,
            int finishedPerMinute,
            int failedPerMinute,
            double p95WaitSeconds) {}

    /**
     * One process.
     *
     * @param lanes the lanes that it works
     * @param running stages under way in it; jobs that wait in its buffers do not count
     * @param lastSeen the time of its last heartbeat, by the database's clock
     */
    public record WorkerState(String id, String host, List<String> lanes, int running, Instant lastSeen) {}
}

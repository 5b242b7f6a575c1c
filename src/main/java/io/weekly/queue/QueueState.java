package io.weekly.queue;

import java.time.Instant;
import java.util.List;

/**
 * How the queue stands.
 *
 * @param lanes all of them, worked or not
 * @param workers the processes that work lanes and were seen in the last ten seconds
 */
public record QueueState(List<LaneState> lanes, List<WorkerState> workers) {

    /**
     * One lane, over all processes.
     *
     * @param paused nothing of it is claimed; what runs finishes
     * @param ready jobs that wait for nothing but a worker
     * @param scheduled jobs whose time has not come: retries after their pause, and reports spread over a window or held
     * @param running jobs that a worker has leased: under way, or next in its buffer
     * @param oldestReadySeconds how long the one has waited that became ready first; 0 where none is ready
     * @param finishedPerMinute stages that ended in the last minute, whatever their end; one that is tried again has not ended
     * @param failedPerMinute those of them that failed
     * @param p95WaitSeconds within which 95 of 100 jobs were claimed once they were ready, in the last minute; up to a fifth too large,
     *     0 where none was claimed
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
     * @param lanes those that it works
     * @param running stages under way in it, without what waits in its buffers
     * @param lastSeen when it last said so, by the database's clock
     */
    public record WorkerState(String id, String host, List<String> lanes, int running, Instant lastSeen) {}
}

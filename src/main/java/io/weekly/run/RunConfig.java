package io.weekly.run;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** {@code weekly.run.*}. The defaults of the intervals are in application.properties, because the timers read them from there. */
@ConfigMapping(prefix = "weekly.run")
public interface RunConfig {

    /** How often the service looks for runs whose enqueuing was interrupted. The reports of a new run are queued at once. */
    Duration enqueueInterval();

    /**
     * How often the service adds new changes to the counters of runs, ends runs whose reports have all ended, and removes the jobs of
     * cancelled runs.
     */
    Duration sweepInterval();

    /** How long a held run waits for its approval before it is cancelled. */
    @WithDefault("48h")
    Duration approvalTimeout();

    /**
     * How long after the end of its window a run must have balanced. The window begins with the start of the run, or with its release if
     * the run waited for its data or for an approval. The value is read at that moment. A later change of the setting does not move the
     * deadline. The value should be longer than {@code weekly.delivery.defer-for}, because a deferred report can stay open for that time.
     */
    @WithDefault("26h")
    Duration deadline();
}

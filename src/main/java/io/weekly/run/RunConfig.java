package io.weekly.run;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** {@code weekly.run.*}. The defaults of the intervals stand in application.properties, where the timers read them. */
@ConfigMapping(prefix = "weekly.run")
public interface RunConfig {

    /** How often the service looks for runs whose enqueuing was interrupted. A new run is enqueued at once. */
    Duration enqueueInterval();

    /** How often the counters of runs are folded and finished runs are ended. */
    Duration sweepInterval();

    /** How long a held run waits for its approval before it is cancelled. */
    @WithDefault("48h")
    Duration approvalTimeout();

    /**
     * How long after its window a run must have balanced. The time counts from the start of the run, or from its approval if it was held.
     * The value is read when a run starts or is approved; later changes do not move a deadline. It should be longer than
     * {@code weekly.delivery.defer-for}, because until then a deferred mail is still open.
     */
    @WithDefault("26h")
    Duration deadline();
}

package io.weekly.schedule;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** {@code weekly.schedule.*}; what they are by default stands in application.properties, where the timers look for them. */
@ConfigMapping(prefix = "weekly.schedule")
public interface ScheduleConfig {

    /** How often it is looked for schedules whose time has come. */
    Duration tick();

    /** How often runs are looked for whose enqueuing was interrupted; a run that begins here is enqueued at once. */
    Duration enqueue();

    /** How often the counters of runs are folded and runs ended. */
    Duration sweep();

    /** How long a held run waits to be approved before it is cancelled. */
    @WithDefault("48h")
    Duration approvalWithin();

    /**
     * How long a run has, after its window, until it must have balanced: from its start, or from its approval where it was held. Read when
     * a run begins or is approved; what is under way keeps its deadline. Longer than {@code weekly.delivery.defer-for}, after which the last
     * mail has its end.
     */
    @WithDefault("26h")
    Duration deadline();
}

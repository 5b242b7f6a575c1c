package io.weekly.queue;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Duration;

/** {@code weekly.queue.*} */
@ConfigMapping(prefix = "weekly.queue")
public interface QueueConfig {

    /** How long a worker keeps a claimed job without renewing its lease. After a crash the job waits for the rest of this time. */
    @WithDefault("60s")
    Duration lease();

    /** How often a lane looks for jobs that another process has enqueued. A job that this process enqueues wakes it at once. */
    @WithDefault("1s")
    Duration pollInterval();

    /** How often the service looks for expired leases. The default is in application.properties, because the timer reads it from there. */
    Duration rescueInterval();

    /**
     * How many attempts a stage has before its report fails. An attempt counts if a worker dies, if something fails on our side, or if it
     * is unknown whether the mail was sent. A deferral by the mail server does not count; {@code weekly.delivery.defer-for} limits
     * deferrals.
     */
    @WithDefault("5")
    @Min(1)
    @Max(100)
    int maxAttempts();

    /**
     * The pause after the first failed attempt, or after the first deferral. It doubles each time, up to {@link #maxBackoff}. The real
     * pause is a random time between half of it and all of it.
     */
    @WithDefault("5s")
    Duration initialBackoff();

    /** The longest pause between two attempts. Amazon SES asks to wait "up to 10 minutes" when it throttles. */
    @WithDefault("10m")
    Duration maxBackoff();
}

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

    /** How often expired leases are looked for. Its default is in application.properties, because the timer reads it from there. */
    Duration rescueInterval();

    /**
     * How many attempts a stage has before its report has failed. An attempt is spent when a worker dies, when something fails on our side,
     * or when nobody knows whether the mail went out. A deferral by the mail server spends none: {@code weekly.delivery.defer-for} limits
     * it.
     */
    @WithDefault("5")
    @Min(1)
    @Max(100)
    int maxAttempts();

    /** The pause after the first failed attempt, or after the first deferral. It doubles each time. */
    @WithDefault("5s")
    Duration initialBackoff();

    /** The longest pause between two attempts. Amazon SES asks to wait "up to 10 minutes" when it throttles. */
    @WithDefault("10m")
    Duration maxBackoff();
}

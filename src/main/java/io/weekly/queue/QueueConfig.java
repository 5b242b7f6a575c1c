package io.weekly.queue;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Duration;

/** {@code weekly.queue.*} */
@ConfigMapping(prefix = "weekly.queue")
public interface QueueConfig {

    /** How long a claimed job belongs to its worker without a sign of life; a crash costs what is left of this, and a look. */
    @WithDefault("60s")
    Duration lease();

    /** How often a lane looks for work that another process has enqueued; what this process enqueues wakes it at once. */
    @WithDefault("1s")
    Duration pollInterval();

    /** How often leases that ran out are looked for; what it is by default stands in application.properties, where the timer looks. */
    Duration rescueInterval();

    /**
     * Attempts of a stage before its report has failed for good: workers that died at it, failures of ours, mails that nobody knows to have
     * gone out. A mail server that says "not now" uses none of them up; {@code weekly.delivery.defer-for} bounds that.
     */
    @WithDefault("5")
    @Min(1)
    @Max(100)
    int maxAttempts();

    /** The pause after the first attempt or the first mail that was deferred; it doubles with each. */
    @WithDefault("5s")
    Duration initialBackoff();

    /** The longest pause between two; SES asks to wait no longer when it throttles ("up to 10 minutes"). */
    @WithDefault("10m")
    Duration maxBackoff();
}

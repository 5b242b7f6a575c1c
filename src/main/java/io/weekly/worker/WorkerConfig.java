package io.weekly.worker;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;

/** {@code weekly.worker.*} */
@ConfigMapping(prefix = "weekly.worker")
public interface WorkerConfig {

    /** The lanes that this process works: {@code generate}, {@code deliver}, or {@code none} for the API only. */
    @WithDefault("generate,deliver")
    Optional<Set<String>> lanes();

    /**
     * The largest number of mails that this process hands over at the same time. The number is smaller while the mail server accepts fewer.
     */
    @WithDefault("8")
    @Min(1)
    @Max(1000)
    int maxDeliveries();

    /** The longest pause between two probes of a mail server that takes no mails. */
    @WithDefault("60s")
    @DurationMin(seconds = 1)
    @DurationMax(minutes = 10)
    Duration maxBackoff();

    /**
     * How often this process writes a heartbeat and reads which lanes are paused. A pause takes effect everywhere within 2 s; half of that
     * is the maximum here, so that one heartbeat may fail.
     */
    @WithDefault("1s")
    @DurationMin(millis = 50)
    @DurationMax(seconds = 1)
    Duration heartbeatInterval();

    /** How long a shutdown waits for stages that are under way. */
    @WithDefault("20s")
    Duration shutdownTimeout();
}

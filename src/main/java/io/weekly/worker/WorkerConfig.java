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

    /** Which lanes this process works: {@code generate}, {@code deliver}; {@code none} for the API only. */
    @WithDefault("generate,deliver")
    Optional<Set<String>> lanes();

    /** Mails that this process hands over at once, at most: fewer while the mail server takes no more. */
    @WithDefault("8")
    @Min(1)
    @Max(1000)
    int maxDeliveries();

    /** How long it waits at most between two tries of a mail server that takes nothing at all. */
    @WithDefault("60s")
    @DurationMin(seconds = 1)
    @DurationMax(minutes = 10)
    Duration maxBackoff();

    /**
     * How often this process says that it is alive and asks which lanes are paused. At most half of the two seconds in which a pause is
     * kept everywhere, so that one beat may fail.
     */
    @WithDefault("1s")
    @DurationMin(millis = 50)
    @DurationMax(seconds = 1)
    Duration heartbeatInterval();

    /** How long a stop waits for what is under way. */
    @WithDefault("20s")
    Duration shutdownTimeout();
}

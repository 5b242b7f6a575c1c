package io.weekly.worker;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.OptionalInt;

/** {@code weekly.render.*} */
@ConfigMapping(prefix = "weekly.render")
public interface RenderConfig {

    /** How many reports are rendered at the same time. Not set: one for each core. */
    OptionalInt threads();

    /** How long one report may take to render. After that it has failed. */
    @WithDefault("5m")
    Duration timeout();

    /** {@link #threads()} with its default: the slots of the generate lane, and the threads of the pool. */
    default int slots() {
        var slots = threads().orElse(Runtime.getRuntime().availableProcessors());
        if (slots < 1) {
            throw new IllegalArgumentException("weekly.render.threads is %d; it takes at least 1".formatted(slots));
        }
        return slots;
    }
}

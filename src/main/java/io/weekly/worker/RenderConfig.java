package io.weekly.worker;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.OptionalInt;

/** {@code weekly.render.*} */
@ConfigMapping(prefix = "weekly.render")
public interface RenderConfig {

    /** Reports rendered at once; one for each core when it is not set. */
    OptionalInt threads();

    /** How long one report may take to render before it has failed. */
    @WithDefault("5m")
    Duration timeout();

    /** {@link #threads()}, decided. */
    default int places() {
        var places = threads().orElse(Runtime.getRuntime().availableProcessors());
        if (places < 1) {
            throw new IllegalArgumentException("weekly.render.threads is %d; it takes at least 1".formatted(places));
        }
        return places;
    }
}

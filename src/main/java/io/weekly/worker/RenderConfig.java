package io.weekly.worker;

import io.smallrye.config.ConfigMapping;
import java.util.OptionalInt;

/** {@code weekly.render.*} */
@ConfigMapping(prefix = "weekly.render")
public interface RenderConfig {

    /** Reports rendered at once; one for each core when it is not set. */
    OptionalInt threads();

    /** {@link #threads()}, decided. */
    default int places() {
        return threads().orElse(Runtime.getRuntime().availableProcessors());
    }
}

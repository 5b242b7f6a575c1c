package io.weekly.delivery.suppression;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;

/** {@code weekly.suppression.*} */
@ConfigMapping(prefix = "weekly.suppression")
public interface SuppressionConfig {

    /** After how many weeks in a row with a full mailbox an address is suppressed. 0: never. */
    @WithDefault("3")
    @Min(0)
    @Max(52)
    int softBounces();
}

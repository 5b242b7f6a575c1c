package io.weekly.access.link;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;

/** {@code weekly.links.*} */
@ConfigMapping(prefix = "weekly.links")
public interface LinkConfig {

    /** Days until a link expires at the latest, if its tenant has no setting of its own. */
    @WithDefault("30")
    @Min(1)
    @Max(3650)
    int days();
}

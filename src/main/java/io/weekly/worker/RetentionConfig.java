package io.weekly.worker;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;

/** {@code weekly.retention.*} */
@ConfigMapping(prefix = "weekly.retention")
public interface RetentionConfig {

    /** Days until the files of a report expire, if its tenant has no setting of its own. */
    @WithDefault("90")
    @Min(1)
    @Max(36_500)
    int days();
}

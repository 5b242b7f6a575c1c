package io.weekly.worker;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;

/** {@code weekly.retention.*} */
@ConfigMapping(prefix = "weekly.retention")
public interface RetentionConfig {

    /** Days until a report's files expire, where its tenant says nothing else. */
    @WithDefault("90")
    @Min(1)
    @Max(36_500)
    int days();
}

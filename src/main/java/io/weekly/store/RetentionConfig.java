package io.weekly.store;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;

/** {@code weekly.retention.*} */
@ConfigMapping(prefix = "weekly.retention")
public interface RetentionConfig {

    /** Days until the files of a report expire, if its tenant has no setting of its own. */
    @WithDefault("90")
    @Min(1)
    @Max(36_500)
    int days();

    /**
     * How long the files and the personal data of a tenant are kept after its end. At least two hours: a stage that began before the end
     * of the tenant can write for an hour, if the database was away.
     */
    @WithDefault("30d")
    @DurationMin(hours = 2)
    @DurationMax(days = 3650)
    Duration tenantGrace();

    /** How often one of the processes searches the store for files that no report needs. */
    @WithDefault("24h")
    @DurationMin(minutes = 1)
    @DurationMax(days = 365)
    Duration sweepInterval();
}

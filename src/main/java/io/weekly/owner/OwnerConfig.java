package io.weekly.owner;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.Pattern;
import java.time.DayOfWeek;

/** {@code weekly.owner.*} */
@ConfigMapping(prefix = "weekly.owner")
public interface OwnerConfig {

    /** The day on which the digests of the week are written, in the zone of each tenant. */
    @WithDefault("tuesday")
    DayOfWeek digestWeekday();

    /** The time of that day, in the zone of each tenant. */
    @WithDefault("09:00")
    @Pattern(regexp = "([01][0-9]|2[0-3]):[0-5][0-9]", message = "must be a time such as 09:00")
    String digestTime();
}

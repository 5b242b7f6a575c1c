package io.weekly.schedule;

import io.smallrye.config.ConfigMapping;
import java.time.Duration;

/** {@code weekly.schedule.*}. The default is in application.properties, because the timer reads it from there. */
@ConfigMapping(prefix = "weekly.schedule")
public interface ScheduleConfig {

    /** How often the service looks for schedules that are due. */
    Duration tickInterval();
}

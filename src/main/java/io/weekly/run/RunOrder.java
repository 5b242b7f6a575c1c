package io.weekly.run;

import io.weekly.database.Ids;
import io.weekly.report.DeliveryMode;
import io.weekly.report.Period;
import java.util.List;

/**
 * What a run is to be.
 *
 * @param actor who asked for it
 * @param scheduleId the schedule that fired; {@link Ids#NONE} for a run by hand
 * @param windowMinutes over how long its reports are spread; 0 for at once
 * @param audience who gets them; null for everybody
 * @param canaryFor who looks at the first few before the rest is let go; null where nobody has to
 */
public record RunOrder(
        int tenantId,
        String actor,
        String definition,
        Period period,
        String scheduleId,
        List<String> formats,
        DeliveryMode delivery,
        int windowMinutes,
        Audience audience,
        String canaryFor) {

    /** For everybody, and nobody has to approve. */
    public RunOrder(
            int tenantId, String actor, String definition, Period period, String scheduleId, List<String> formats, DeliveryMode delivery,
            int windowMinutes) {
        this(tenantId, actor, definition, period, scheduleId, formats, delivery, windowMinutes, null, null);
    }

    /** By hand, at once, as PDF. */
    public static RunOrder byHand(int tenantId, String actor, String definition, Period period, DeliveryMode delivery) {
        return byHand(tenantId, actor, definition, period, List.of("pdf"), delivery);
    }

    /** By hand, at once. */
    public static RunOrder byHand(
            int tenantId, String actor, String definition, Period period, List<String> formats, DeliveryMode delivery) {
        return new RunOrder(tenantId, actor, definition, period, Ids.NONE, formats, delivery, 0);
    }

    String triggeredBy() {
        return scheduleId.equals(Ids.NONE) ? "manual" : "scheduled";
    }
}

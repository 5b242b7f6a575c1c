package io.weekly.run;

import io.weekly.database.Ids;
import io.weekly.report.DeliveryMode;
import io.weekly.report.Period;
import io.weekly.report.ReportFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The request for a new run.
 *
 * @param actor who asked for it
 * @param scheduleId the schedule that fired; {@link Ids#NONE} for a run that somebody started by hand
 * @param windowMinutes over how many minutes its reports are spread; 0 for at once
 * @param audience which recipients get a report; null for all
 * @param approver the e-mail address that gets the canaries before the run is released; null if nobody has to approve
 * @param unfinished whether the week is not over yet
 */
public record RunOrder(
        int tenantId,
        String actor,
        String definition,
        Period period,
        String scheduleId,
        List<ReportFormat> formats,
        DeliveryMode delivery,
        int windowMinutes,
        @Nullable Audience audience,
        @Nullable String approver,
        boolean unfinished) {

    /** For a week that is over. */
    public RunOrder(
            int tenantId, String actor, String definition, Period period, String scheduleId, List<ReportFormat> formats,
            DeliveryMode delivery, int windowMinutes, @Nullable Audience audience, @Nullable String approver) {
        this(tenantId, actor, definition, period, scheduleId, formats, delivery, windowMinutes, audience, approver, false);
    }

    /** What starts a run, in the database and in JSON: a schedule. */
    static final String SCHEDULED = "scheduled";

    /** For all recipients, without approval. */
    public RunOrder(
            int tenantId, String actor, String definition, Period period, String scheduleId, List<ReportFormat> formats,
            DeliveryMode delivery, int windowMinutes) {
        this(tenantId, actor, definition, period, scheduleId, formats, delivery, windowMinutes, null, null);
    }

    /** By hand, at once, as PDF. */
    public static RunOrder byHand(int tenantId, String actor, String definition, Period period, DeliveryMode delivery) {
        return byHand(tenantId, actor, definition, period, List.of(ReportFormat.PDF), delivery);
    }

    /** By hand, at once. */
    public static RunOrder byHand(
            int tenantId, String actor, String definition, Period period, List<ReportFormat> formats, DeliveryMode delivery) {
        return new RunOrder(tenantId, actor, definition, period, Ids.NONE, formats, delivery, 0);
    }

    /** The same for a week that is not over yet. */
    public RunOrder withUnfinished(boolean is) {
        return new RunOrder(
                tenantId, actor, definition, period, scheduleId, formats, delivery, windowMinutes, audience, approver, is);
    }

    String triggeredBy() {
        return scheduleId.equals(Ids.NONE) ? "manual" : SCHEDULED;
    }

    Approval approval() {
        return approver == null ? Approval.NONE : Approval.CANARY;
    }
}

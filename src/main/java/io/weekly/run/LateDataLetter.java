package io.weekly.run;

import java.time.Duration;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The text of the mail to the owner of a schedule when the data of a run are late: the run, and how to approve or cancel it. */
final class LateDataLetter {

    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm", Locale.ROOT);

    private LateDataLetter() {}

    /** @param fault why the last check failed; null if it did not fail */
    static OwnerLetter of(WaitingRun run, @Nullable String fault, Duration approvalTimeout) {
        var tenant = run.tenant();
        var subject = "Data not ready: %s %s for %s".formatted(run.definition(), run.period(), tenant.name());
        var body =
                """
                This run waited for its data until %s (%s). The data are not ready. No report was sent.

                %s

                Tenant: %s (%s)
                Definition: %s
                Period: %s, revision %d
                Run: %s

                We stopped checking. Please approve or cancel this run with the API:
                - approve it: send the reports with the data as they are
                  POST /api/v1/runs/%9$s/approval
                - cancel it: send nothing
                  POST /api/v1/runs/%9$s/cancellation

                If nobody decides within %10$s, we cancel the run.
                This is the only mail about this run's data. You get it because you own the schedule.
                """
                        .formatted(
                                TIME.format(run.until().atZone(tenant.zone())), tenant.zone(), answer(run, fault), tenant.name(),
                                tenant.slug(), run.definition(), run.period(), run.revision(), run.id(), inWords(approvalTimeout));
        return new OwnerLetter(OwnerLetter.About.DATA, subject, body);
    }

    private static String answer(WaitingRun run, @Nullable String fault) {
        var times = run.asked() == 0 ? "once" : "%d times".formatted(run.asked() + 1);
        return fault == null
                ? "We checked %s. The last answer was: not ready.".formatted(times)
                : "We checked %s. The last check failed: %s".formatted(times, fault);
    }

    private static String inWords(Duration duration) {
        return duration.toMinutesPart() == 0
                ? "%d hours".formatted(duration.toHours())
                : "%d hours %d minutes".formatted(duration.toHours(), duration.toMinutesPart());
    }
}

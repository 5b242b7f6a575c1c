package io.weekly.run;

import java.time.Duration;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** What the owner of a schedule reads when the data of one of its runs have not come in time: which it is, and how to decide. */
final class LateDataLetter {

    private static final DateTimeFormatter MOMENT = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm", Locale.ROOT);

    private LateDataLetter() {}

    /** @param fault why the last question had no answer; null where the answer was no */
    static OwnerLetter of(WaitingRun run, String fault, Duration approvalWithin) {
        var tenant = run.tenant();
        var subject = "Data not ready: %s %s for %s".formatted(run.definition(), run.period(), tenant.name());
        var body =
                """
                This run has waited for its data until %s (%s), and they are not ready. Nothing of it was sent.

                %s

                Tenant: %s (%s)
                Definition: %s
                Period: %s, revision %d
                Run: %s

                It is not asked any more: you decide, with the API.
                - send it with the data as they are
                  POST /api/v1/runs/%9$s/approval
                - send nothing
                  POST /api/v1/runs/%9$s/cancellation

                If nobody does either within %10$s, it is cancelled.
                This is the only mail about this run's data. You get it because you own the schedule.
                """
                        .formatted(
                                MOMENT.format(run.until().atZone(tenant.zone())), tenant.zone(), answer(run, fault), tenant.name(),
                                tenant.slug(), run.definition(), run.period(), run.revision(), run.id(), words(approvalWithin));
        return new OwnerLetter(OwnerLetter.About.DATA, subject, body);
    }

    private static String answer(WaitingRun run, String fault) {
        var times = run.asked() == 0 ? "once" : "%d times".formatted(run.asked() + 1);
        return fault == null
                ? "It was asked %s; the last answer was that they are not there yet.".formatted(times)
                : "It was asked %s; whether they are there could not be told in the end: %s".formatted(times, fault);
    }

    private static String words(Duration duration) {
        return duration.toMinutesPart() == 0
                ? "%d hours".formatted(duration.toHours())
                : "%d hours %d minutes".formatted(duration.toHours(), duration.toMinutesPart());
    }
}

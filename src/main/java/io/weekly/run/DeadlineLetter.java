package io.weekly.run;

import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The text of the mail to the owner of a schedule when a run has missed its deadline: the run, its figures, and where to find more. */
final class DeadlineLetter {

    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm", Locale.ROOT);

    private DeadlineLetter() {}

    static OwnerLetter of(OverdueRun run, Ledger ledger) {
        var tenant = run.tenant();
        var subject = "Not complete in time: %s %s for %s".formatted(run.definition(), run.period(), tenant.name());
        var body =
                """
                The reports of this run were due by %s (%s). They are not complete.

                %s

                Tenant: %s (%s)
                Definition: %s
                Period: %s, revision %d
                Run: %s

                Check the run with the API:
                - its current figures
                  GET /api/v1/runs/%9$s/ledger
                - one line for each recipient
                  GET /api/v1/runs/%9$s/ledger?format=csv

                Nothing was stopped: the open reports are still being processed.
                This is the only mail about this run's deadline. You get it because you own the schedule.
                """
                        .formatted(
                                TIME.format(run.deadline().atZone(tenant.zone())), tenant.zone(), String.join("\n", figures(ledger)),
                                tenant.name(), tenant.slug(), run.definition(), run.period(), run.revision(), run.id());
        return new OwnerLetter(OwnerLetter.About.DEADLINE, subject, body);
    }

    private static List<String> figures(Ledger ledger) {
        var lines = new ArrayList<String>();
        lines.add(ledger.due() + (ledger.frozen() ? " due" : " due so far: reports are still being queued"));
        ledger.ended().forEach((how, count) -> lines.add(count + " " + how));
        lines.add(ledger.missing() + " missing" + (ledger.open() == 0 ? "" : ", of which %d open".formatted(ledger.open())));
        if (ledger.missing() != ledger.open()) {
            lines.add("These figures do not add up: %d reports exist, but %d were due."
                    .formatted(ledger.due() - ledger.missing() + ledger.open(), ledger.due()));
        }
        return lines;
    }
}

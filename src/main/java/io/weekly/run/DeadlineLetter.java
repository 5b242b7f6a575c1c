package io.weekly.run;

import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What the owner of a schedule reads when one of its runs has not balanced in time: which it is, the figures, where to look. */
final class DeadlineLetter {

    private static final DateTimeFormatter MOMENT = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm", Locale.ROOT);

    private DeadlineLetter() {}

    static OwnerLetter of(PassedRun run, Ledger ledger) {
        var tenant = run.tenant();
        var subject = "Not complete in time: %s %s for %s".formatted(run.definition(), run.period(), tenant.name());
        var body =
                """
                The reports of this run were to be complete by %s (%s), and are not.

                %s

                Tenant: %s (%s)
                Definition: %s
                Period: %s, revision %d
                Run: %s

                Where to look, with the API:
                - the figures as they are now
                  GET /api/v1/runs/%9$s/ledger
                - a line for each recipient
                  GET /api/v1/runs/%9$s/ledger?format=csv

                Nothing was stopped: what is still open goes on.
                This is the only mail about this run's deadline. You get it because you own the schedule.
                """
                        .formatted(
                                MOMENT.format(run.deadline().atZone(tenant.zone())), tenant.zone(), String.join("\n", figures(ledger)),
                                tenant.name(), tenant.slug(), run.definition(), run.period(), run.revision(), run.id());
        return new OwnerLetter(OwnerLetter.About.DEADLINE, subject, body);
    }

    private static List<String> figures(Ledger ledger) {
        var lines = new ArrayList<String>();
        lines.add(ledger.due() + (ledger.frozen() ? " due" : " due so far: reports are still being queued"));
        ledger.ended().forEach((how, count) -> lines.add(count + " " + how));
        lines.add(ledger.missing() + " missing" + (ledger.open() == 0 ? "" : ", of which %d open".formatted(ledger.open())));
        if (ledger.missing() != ledger.open()) {
            lines.add("These figures do not add up: %d reports are there where %d were due."
                    .formatted(ledger.due() - ledger.missing() + ledger.open(), ledger.due()));
        }
        return lines;
    }
}

package io.weekly.schedule;

import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What the owner of a schedule reads when one of its runs has not balanced in time: which it is, the figures, where to look. */
record DeadlineLetter(String subject, String body) {

    private static final DateTimeFormatter MOMENT = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm", Locale.ROOT);

    static DeadlineLetter of(PassedRun run, Ledger ledger) {
        var tenant = run.tenant();
        var subject = "Not complete in time: %s %s for %s".formatted(run.definition(), run.period(), tenant.name());
        var body =
                """
                The reports of this run were to be complete by %s (%s), and are not.

                Tenant:     %s (%s)
                Definition: %s
                Period:     %s, revision %d
                Run:        %s

                %s

                Where to look, with the API:
                GET /api/v1/runs/%8$s/ledger             the figures as they are now
                GET /api/v1/runs/%8$s/ledger?format=csv  a line for each recipient

                Nothing was stopped: what is still open goes on. This is the only mail about this run's deadline;
                you get it because you own the schedule.
                """
                        .formatted(
                                MOMENT.format(run.deadline().atZone(tenant.zone())), tenant.zone(), tenant.name(), tenant.slug(),
                                run.definition(), run.period(), run.revision(), run.id(), String.join("\n", figures(ledger)));
        return new DeadlineLetter(subject, body);
    }

    private static List<String> figures(Ledger ledger) {
        var lines = new ArrayList<String>();
        lines.add(line("due" + (ledger.frozen() ? "" : ", so far"), ledger.due()));
        ledger.ended().forEach((how, count) -> lines.add(line(how, count)));
        lines.add(line("missing", ledger.missing()));
        if (ledger.open() != 0) {
            lines.add(line("of which open", ledger.open()));
        }
        if (!ledger.frozen()) {
            lines.add("Reports are still being queued.");
        }
        if (ledger.missing() != ledger.open()) {
            lines.add("These figures do not add up: %d reports are there where %d were due."
                    .formatted(ledger.due() - ledger.missing() + ledger.open(), ledger.due()));
        }
        return lines;
    }

    private static String line(String what, int count) {
        return "%-14s %6d".formatted(what + ":", count);
    }
}

package io.weekly.owner;

import io.weekly.report.ReportStatus;
import io.weekly.text.ControlCharacters;
import io.weekly.text.Ellipsis;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The text of a weekly digest: the runs with problems, those with most of them first, their reasons, and what to do. Lists are short, and a
 * text is at most 21,000 UTF-16 units long, whatever the data are.
 */
final class DigestLetter {

    /** Runs of which the letter lists the reasons. */
    static final int MAX_RUNS = 20;

    private static final int MAX_REASONS = 4;
    private static final int MAX_NAMES = 4;
    private static final int MAX_NAME = 40;
    private static final int MAX_SUBJECT = 300;
    /** No run is added to a text that is longer. A run has at most 8,500 units, and what stands around the runs 2,500. */
    private static final int MAX_RUN_TEXT = 10_000;

    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm", Locale.ROOT);

    private DigestLetter() {}

    /** A run, and the first of its problems. */
    record Section(DigestRun run, List<ReportProblem> problems) {}

    static String subject(DigestTenant tenant, List<DigestRun> runs) {
        var counts = totals(runs).entrySet().stream()
                .map(total -> total.getValue() + " " + total.getKey().text())
                .collect(Collectors.joining(", "));
        return Ellipsis.shortenUnits("Reports of the week: %s for %s".formatted(counts, tenant.name()), MAX_SUBJECT);
    }

    /** How many reports have each problem; without those that none has. */
    private static Map<ReportStatus, Integer> totals(List<DigestRun> runs) {
        var totals = new LinkedHashMap<ReportStatus, Integer>();
        for (var status : DigestRun.PROBLEMS) {
            var total = runs.stream().mapToInt(run -> run.count(status)).sum();
            if (total > 0) {
                totals.put(status, total);
            }
        }
        return totals;
    }

    /** The runs with most problems first; of the same number, the older one. */
    static List<DigestRun> worstFirst(List<DigestRun> runs) {
        return runs.stream().sorted(Comparator.comparingInt(DigestRun::problems).reversed()).toList();
    }

    /**
     * The text.
     *
     * @param runs all runs of the owner with problems
     * @param sections the first of them, in the order of {@link #worstFirst}
     */
    static String body(DigestTenant tenant, Instant from, Instant until, List<DigestRun> runs, List<Section> sections) {
        var listed = new StringBuilder();
        var shown = 0;
        for (var section : sections) {
            if (listed.length() < MAX_RUN_TEXT) {
                listed.append(text(tenant, section)).append('\n');
                shown++;
            }
        }
        if (shown < runs.size()) {
            listed.append("And %d more runs with problems:\n  GET /api/v1/runs?tenant=%s\n\n"
                    .formatted(runs.size() - shown, tenant.slug()));
        }
        return """
                Some reports of your schedules did not reach their readers.

                Tenant: %s (%s)
                Runs that ended from %s to %s (%s),
                and earlier runs of which a mail came back in that time

                %s%s
                You get this letter because you own these schedules. The next one comes if something goes wrong in the next week.
                """
                .formatted(
                        tenant.name(), tenant.slug(), local(tenant, from), local(tenant, until), tenant.zone(), listed,
                        advice(tenant, runs));
    }

    private static String local(DigestTenant tenant, Instant time) {
        return TIME.format(time.atZone(tenant.zone()));
    }

    private static String text(DigestTenant tenant, Section section) {
        var run = section.run();
        var lines = new ArrayList<String>();
        lines.add("%s, %s%s".formatted(run.definition(), run.period(), run.revision() == 1 ? "" : ", revision " + run.revision()));
        lines.add("  Started %s, %d due, %d delivered".formatted(
                local(tenant, run.startedAt()), run.due(), run.count(ReportStatus.DELIVERED)));
        for (var status : DigestRun.PROBLEMS) {
            if (run.count(status) > 0) {
                lines.add("  %d %s".formatted(run.count(status), status.text()));
                lines.addAll(reasons(section, status));
            }
        }
        lines.add("  Schedule: %s".formatted(run.schedule()));
        lines.add("  All readers: GET /api/v1/runs/%s/ledger?format=csv".formatted(run.id()));
        return String.join("\n", lines) + "\n";
    }

    private static List<String> reasons(Section section, ReportStatus status) {
        var groups = ReasonGroups.of(section.problems(), status);
        var lines = new ArrayList<String>();
        for (var group : groups.subList(0, Math.min(MAX_REASONS, groups.size()))) {
            lines.add("    %d: %s".formatted(group.problems().size(), group.reason()));
            lines.add("      " + andMore(group.problems(), DigestLetter::reader, MAX_NAMES));
        }
        if (groups.size() > MAX_REASONS) {
            lines.add("    and %d other reasons".formatted(groups.size() - MAX_REASONS));
        }
        var known = groups.stream().mapToInt(group -> group.problems().size()).sum();
        if (known < section.run().count(status)) {
            lines.add("    (the reasons of %d of these reports were looked at)".formatted(known));
        }
        return lines;
    }

    private static <T> String andMore(List<T> all, Function<T, String> text, int max) {
        var first = all.stream().limit(max).map(text).collect(Collectors.joining(", "));
        return all.size() > max ? "%s, and %d more".formatted(first, all.size() - max) : first;
    }

    private static String reader(ReportProblem problem) {
        var name = oneLine(problem.name());
        var userId = oneLine(problem.userId());
        return name.isEmpty() || name.equals(userId) ? userId : "%s (%s)".formatted(name, userId);
    }

    private static String oneLine(String text) {
        return Ellipsis.shortenUnits(ControlCharacters.oneLine(text).strip(), MAX_NAME);
    }

    private static String advice(DigestTenant tenant, List<DigestRun> runs) {
        var lines = new ArrayList<String>();
        lines.add("What you can do. The ledger has the ids of the reports.");
        totals(runs).keySet().forEach(status -> lines.add(advice(tenant, status)));
        return String.join("\n", lines) + "\n";
    }

    private static String advice(DigestTenant tenant, ReportStatus status) {
        return switch (status) {
            case FAILED -> "- failed: when the cause is gone, make the report again\n  POST /api/v1/reports/{id}/retry";
            case BOUNCED -> "- bounced: the mail system refused the address for good. Ask the reader for another one\n"
                    + "  PUT /api/v1/tenants/%s/recipients/{userId}".formatted(tenant.slug());
            case UNKNOWN -> "- unknown: nobody can tell whether the mail arrived. Ask the reader, or send it again\n"
                    + "  POST /api/v1/reports/{id}/deliveries";
            default -> "- suppressed: the reader gets no mail: it has unsubscribed, is not active any more, or its address is suppressed";
        };
    }
}

package io.weekly.report;

import io.vertx.mutiny.sqlclient.Row;
import io.weekly.audit.Sha256;
import io.weekly.database.Utc;
import io.weekly.tenant.Scope;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Says in a few characters in which state a reader saw a report, so that whether it still is can be told from one row.
 *
 * <p>While a report is under way its job is what changes: claimed, given a longer lease, handed over, put off, gone. Once it has ended,
 * nothing changes without its own row counting it. So the mark is of the job's row or of the report's, and says which. In both cases a
 * file may expire, and when that will be is known beforehand. What it does not show is that an ended tenant has given its slug free,
 * which only operators could see.
 *
 * @param text what a client keeps; the same state always has the same text, in any process
 */
public record StateMark(String text) {

    static final String JOB =
            """
            SELECT j.tenant_id, LOWER(HEX(j.report_id)) AS report_id, j.state AS job_state, j.attempt AS job_attempt, j.due_at AS job_due_at,
                   j.lease_token
            FROM job j
            """;
    static final String REPORT =
            """
            SELECT r.changes
            FROM report r
            """;

    /** Of which row; that the files are shown as they are until this moment, 0 for always; and the hash of what was seen. */
    private static final Pattern FORM = Pattern.compile("(?:j[0-9]{1,18}|r[0-9]{1,9})-[0-9]{1,15}-[0-9a-f]{32}");

    /** A release that shows another field shows another state. */
    private static final String SHAPE = Stream.of(Report.class, Report.File.class, Report.Delivery.class)
            .flatMap(shown -> Arrays.stream(shown.getRecordComponents()))
            .map(component -> component.getName())
            .collect(Collectors.joining(","));

    /** Empty where the text is no mark of ours. */
    public static Optional<StateMark> parse(String text) {
        return FORM.matcher(text).matches() ? Optional.of(new StateMark(text)) : Optional.empty();
    }

    /** The mark of a report as it was just read by somebody; null where it is neither under way nor at its end. */
    static StateMark of(Scope scope, Report report, Row row) {
        var job = row.getLong("job_id");
        var until = filesStayUntil(report);
        if (job != null) {
            return new StateMark("j%d-%d-%s".formatted(job, until, ofJob(scope, report.tenantId(), report.id(), until, row)));
        }
        var changes = row.getInteger("changes");
        return report.done() ? new StateMark("r%d-%d-%s".formatted(changes, until, hash(scope, report.id(), changes, until))) : null;
    }

    private static long filesStayUntil(Report report) {
        return report.files().stream()
                .filter(file -> !file.expired())
                .mapToLong(file -> file.expiresAt().toEpochMilli())
                .min()
                .orElse(0);
    }

    boolean isOfJob() {
        return text.charAt(0) == 'j';
    }

    /** Whether the report was at its end: nobody need ask again. */
    public boolean isDone() {
        return !isOfJob();
    }

    long jobId() {
        return Long.parseLong(text, 1, text.indexOf('-'), 10);
    }

    boolean holds(Scope scope, String reportId, Row row, Instant now) {
        var hash = text.substring(text.lastIndexOf('-') + 1);
        var until = Long.parseLong(text, text.indexOf('-') + 1, text.lastIndexOf('-'), 10);
        if (until != 0 && now.toEpochMilli() >= until) {
            return false;
        }
        return isOfJob()
                ? row.getString("report_id").equals(reportId)
                        && hash.equals(ofJob(scope, row.getInteger("tenant_id"), reportId, until, row))
                : hash.equals(hash(scope, reportId, row.getInteger("changes"), until));
    }

    private static String ofJob(Scope scope, int tenantId, String reportId, long until, Row row) {
        return hash(
                scope, tenantId, reportId, until, row.getString("job_state"), row.getInteger("job_attempt"),
                Utc.instant(row.getLocalDateTime("job_due_at")), row.getLong("lease_token"));
    }

    /** Of the scope too: what one caller was shown is no mark in another's hands. */
    private static String hash(Scope scope, Object... state) {
        var text = SHAPE + scope + Arrays.toString(state);
        return Sha256.hex(text.getBytes(StandardCharsets.UTF_8)).substring(0, 32);
    }
}

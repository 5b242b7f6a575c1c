package io.weekly.report;

import io.vertx.mutiny.sqlclient.Row;
import io.weekly.audit.Sha256;
import io.weekly.database.Utc;
import io.weekly.tenant.Scope;
import java.lang.reflect.RecordComponent;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * An ETag of the state of a report. To check it, the service reads only one row.
 *
 * <p>While a report has a job, each change of its state changes the row of the job: a worker claims it, extends its lease, hands over the
 * mail, defers it or deletes it. When the report has no job, each change is made in its own row and increments the column {@code changes}.
 * So a tag is computed from the row of the job or from the row of the report. It also contains the time when the first file expires,
 * because no row changes at that time.
 *
 * <p>Limit: when a tenant ends, its name in the API changes, but the tag does not. Only operators could see the difference.
 *
 * @param text the opaque part of the ETag header. Every process gives the same text for the same state
 */
public record ReportETag(String text) {

    static final String JOB =
            """
            SELECT j.tenant_id, LOWER(HEX(j.report_id)) AS report_id, j.state AS job_state, j.attempt AS job_attempt,
                   j.due_at AS job_due_at, j.lease_token
            FROM job j
            """;
    static final String REPORT =
            """
            SELECT r.changes
            FROM report r
            """;

    /** The row; the moment when the first file expires, in milliseconds, or 0; and the hash of the state. */
    private static final Pattern FORM = Pattern.compile("(?:j[0-9]{1,18}|r[0-9]{1,9})-[0-9]{1,15}-[0-9a-f]{32}");

    /** The names of all fields. A release that adds a field gives other tags, so clients fetch the report again. */
    private static final String FIELDS = Stream.of(Report.class, Report.File.class, Report.Delivery.class)
            .flatMap(type -> Arrays.stream(type.getRecordComponents()))
            .map(RecordComponent::getName)
            .collect(Collectors.joining(","));

    /** Parses what a client sent; empty if it is not the text of such a tag. */
    public static Optional<ReportETag> parse(String text) {
        return FORM.matcher(text).matches() ? Optional.of(new ReportETag(text)) : Optional.empty();
    }

    /**
     * The tag of a report.
     *
     * @param row the row from which the report was read, with the columns of its job
     * @return empty if the report has no job and is not done: another process changes it at this moment
     */
    static Optional<ReportETag> of(Scope scope, Report report, Row row) {
        var job = row.getLong("job_id");
        var until = filesExpireAt(report);
        if (job != null) {
            var hash = jobHash(scope, report.tenantId(), report.id(), until, row);
            return Optional.of(new ReportETag("j%d-%d-%s".formatted(job, until, hash)));
        }
        var changes = row.getInteger("changes");
        return report.done()
                ? Optional.of(new ReportETag("r%d-%d-%s".formatted(changes, until, hash(scope, report.id(), changes, until))))
                : Optional.empty();
    }

    private static long filesExpireAt(Report report) {
        return report.files().stream()
                .filter(file -> !file.expired())
                .mapToLong(file -> file.expiresAt().toEpochMilli())
                .min()
                .orElse(0);
    }

    /** Whether the report was done. If so, a client need not ask again. */
    public boolean isDone() {
        return !isOfJob();
    }

    boolean isOfJob() {
        return text.charAt(0) == 'j';
    }

    long jobId() {
        return Long.parseLong(text, 1, text.indexOf('-'), 10);
    }

    /** Whether the row, read by {@link #JOB} or {@link #REPORT}, still has the state of this tag. */
    boolean matches(Scope scope, String reportId, Row row, Instant now) {
        var hash = text.substring(text.lastIndexOf('-') + 1);
        var until = Long.parseLong(text, text.indexOf('-') + 1, text.lastIndexOf('-'), 10);
        if (until != 0 && now.toEpochMilli() >= until) {
            return false;
        }
        return isOfJob()
                ? row.getString("report_id").equals(reportId)
                        && hash.equals(jobHash(scope, row.getInteger("tenant_id"), reportId, until, row))
                : hash.equals(hash(scope, reportId, row.getInteger("changes"), until));
    }

    private static String jobHash(Scope scope, int tenantId, String reportId, long until, Row row) {
        return hash(
                scope, tenantId, reportId, until, row.getString("job_state"), row.getInteger("job_attempt"),
                Utc.instant(row.getLocalDateTime("job_due_at")), row.getLong("lease_token"));
    }

    /** The scope is part of the hash: what one caller saw is no valid tag for a caller with other rights. */
    private static String hash(Scope scope, @Nullable Object... state) {
        var text = FIELDS + scope + Arrays.toString(state);
        return Sha256.hex(text.getBytes(StandardCharsets.UTF_8)).substring(0, 32);
    }
}

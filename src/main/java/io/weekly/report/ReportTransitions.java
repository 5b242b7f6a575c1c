package io.weekly.report;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlClient;
import io.vertx.mutiny.sqlclient.Tuple;
import io.weekly.database.Batch;
import io.weekly.database.Placeholders;
import io.weekly.database.Utc;
import io.weekly.text.Ellipsis;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Changes the status of reports. No other class updates the table {@code report}. To change a status, the caller has locked the report's
 * job or, if there is none, its row. Every change increments the column {@code changes}, so that {@link ReportETag} changes too.
 */
public final class ReportTransitions {

    private static final int MAX_ERROR = 1000;

    private ReportTransitions() {}

    private static final String END_STAGE =
            """
            UPDATE report
            SET status = ?, attempt = ?, error = ?, started_at = COALESCE(started_at, ?), generated_at = COALESCE(?, generated_at),
                delivered_at = COALESCE(?, delivered_at), definition_version = COALESCE(?, definition_version),
                changes = changes + 1
            WHERE tenant_id = ? AND id = UNHEX(?)""";

    /** Writes how stages ended, and counts the changes for the runs of the reports. */
    public static Uni<Void> endStages(SqlClient transaction, List<ReportChange> changes) {
        return Batch.execute(transaction, END_STAGE, changes.stream().map(ReportTransitions::row).toList())
                .flatMap(_ -> RunCounters.add(transaction, RunDelta.of(changes)));
    }

    private static Tuple row(ReportChange change) {
        return Tuple.from(new Object[] {
            change.to().text(),
            change.attempt(),
            shortened(change.error()),
            Utc.column(change.startedAt()),
            Utc.column(change.generatedAt()),
            Utc.column(change.deliveredAt()),
            change.definitionVersion(),
            change.of().tenant().id(),
            change.of().reportId()
        });
    }

    private static @Nullable String shortened(@Nullable String error) {
        return error == null ? null : Ellipsis.shorten(error, MAX_ERROR);
    }

    private static final String END_LATE =
            """
            UPDATE report
            SET status = ?, error = ?, delivered_at = IF(? = 'delivered', COALESCE(delivered_at, ?), NULL), changes = changes + 1
            WHERE tenant_id = ? AND id = UNHEX(?)""";

    /** Ends the report as a mail system says later. The caller removes its job and counts the change. */
    static Uni<Void> endLate(SqlClient transaction, LockedReport report, ReportStatus to, @Nullable String error, Instant at) {
        return transaction
                .preparedQuery(END_LATE)
                .execute(Tuple.from(new Object[] {
                    to.text(), shortened(error), to.text(), Utc.column(at), report.tenantId(), report.id()
                }))
                .replaceWithVoid();
    }

    private static final String CANCEL =
            """
            UPDATE report
            SET status = 'cancelled', error = NULL, changes = changes + 1
            WHERE tenant_id = ? AND id IN (%s)""";

    /** Cancels reports. The list must not be empty. The caller removes their jobs and counts the changes. */
    static Uni<Void> cancel(SqlClient transaction, int tenantId, List<String> reportIds) {
        return ofAll(transaction, CANCEL, tenantId, reportIds);
    }

    // A sample stays a sample. The text of an error may quote the reply of a mail server, with the address. The last condition leaves out
    // reports of which nothing has to be erased, here or in the other tables: an erasure that waits for something is repeated often.
    private static final String ERASE =
            """
            UPDATE report r
            SET r.error = IF(r.error IS NULL, NULL, 'erased'), r.mail_to = IF(r.mail_to IS NULL, NULL, ''), r.changes = r.changes + 1
            WHERE r.tenant_id = ? AND r.id IN (%s)
              AND (r.error <> 'erased' OR r.mail_to <> ''
                   OR EXISTS (SELECT 1 FROM file f WHERE f.tenant_id = r.tenant_id AND f.report_id = r.id AND f.deleted_at IS NULL)
                   OR EXISTS (SELECT 1 FROM report_warning w WHERE w.tenant_id = r.tenant_id AND w.report_id = r.id)
                   OR EXISTS (SELECT 1
                              FROM delivery d
                              WHERE d.tenant_id = r.tenant_id AND d.report_id = r.id AND (d.address <> '' OR d.reply IS NOT NULL)))""";

    /**
     * Erases the texts about persons and keeps the status. Call it before the other tables are erased. The list must not be empty. No lock
     * is needed.
     */
    static Uni<Void> erase(SqlClient transaction, int tenantId, List<String> reportIds) {
        return ofAll(transaction, ERASE, tenantId, reportIds);
    }

    private static final String FILES_CHANGED =
            """
            UPDATE report
            SET changes = changes + 1
            WHERE tenant_id = ? AND id IN (%s)""";

    /** Something of the reports' files has changed that users see. The list must not be empty. No lock is needed. */
    static Uni<Void> filesChanged(SqlClient transaction, int tenantId, List<String> reportIds) {
        return ofAll(transaction, FILES_CHANGED, tenantId, reportIds);
    }

    private static final String GENERATE_AGAIN =
            """
            UPDATE report
            SET status = 'queued', attempt = 0, error = NULL, generated_at = NULL, delivered_at = NULL, changes = changes + 1
            WHERE tenant_id = ? AND id IN (%s)""";

    /** Sets reports back to queued. The list must not be empty. The caller enqueues their jobs and counts the changes. */
    static Uni<Void> generateAgain(SqlClient transaction, int tenantId, List<String> reportIds) {
        return ofAll(transaction, GENERATE_AGAIN, tenantId, reportIds);
    }

    // A report that was generated only to be fetched gets a mail now.
    private static final String DELIVER_AGAIN =
            """
            UPDATE report
            SET status = 'generated', delivery = IF(delivery = 'none', 'attachment', delivery), attempt = 0, error = NULL,
                delivered_at = NULL, changes = changes + 1
            WHERE tenant_id = ? AND id IN (%s)""";

    /** Sets reports back to generated. The list must not be empty. The caller enqueues their jobs and counts the changes. */
    static Uni<Void> deliverAgain(SqlClient transaction, int tenantId, List<String> reportIds) {
        return ofAll(transaction, DELIVER_AGAIN, tenantId, reportIds);
    }

    private static Uni<Void> ofAll(SqlClient transaction, String sql, int tenantId, List<String> reportIds) {
        return transaction
                .preparedQuery(sql.formatted(Placeholders.of("UNHEX(?)", reportIds.size())))
                .execute(Tuple.from(Stream.concat(Stream.of(tenantId), reportIds.stream()).toList()))
                .replaceWithVoid();
    }
}

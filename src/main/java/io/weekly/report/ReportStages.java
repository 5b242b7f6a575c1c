package io.weekly.report;

import io.smallrye.mutiny.Uni;
import io.vertx.core.json.JsonArray;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlClient;
import io.vertx.mutiny.sqlclient.Tuple;
import io.weekly.database.Batch;
import io.weekly.database.Database;
import io.weekly.database.MultiRowInsert;
import io.weekly.database.Placeholders;
import io.weekly.database.Utc;
import io.weekly.queue.Priority;
import io.weekly.tenant.Secrets;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Reads what the stages need of a report, and records its files. No other class changes the table {@code file}. Every write happens in the
 * caller's transaction. A stage has locked the report's job in it.
 */
@ApplicationScoped
public class ReportStages {

    private static final String TASK =
            """
            SELECT LOWER(HEX(r.id)) AS id, LOWER(HEX(r.run_id)) AS run, r.definition, r.period, r.revision, r.created_at,
                   IF(r.run_id IS NULL, r.formats, COALESCE(p.formats, r.formats)) AS formats, r.delivery, r.priority, r.status, r.mail_to,
                   r.attempt = 0 AND r.started_at IS NOT NULL AS asked_again,
                   t.id AS tenant_id, t.slug, t.name AS tenant_name, t.zone, t.locale AS tenant_locale, t.color, t.sender_name,
                   t.reply_to, l.sha256 AS logo, t.retention_days, t.ended_at IS NOT NULL AS tenant_ended,
                   rc.id AS recipient_id, rc.user_id, rc.name, rc.email, rc.tags, COALESCE(p.locale, rc.locale, t.locale) AS locale,
                   rc.active <> 0 AND rc.ended_at IS NULL AND r.incarnation = rc.incarnation AS active, p.paused_until,
                   COALESCE(p.unsubscribed_from_all OR JSON_CONTAINS(p.unsubscribed, JSON_QUOTE(r.definition)), 0) AS unsubscribed,
                   NULLIF(rc.pdf_password, '') AS own_password, NULLIF(t.pdf_password, '') AS tenant_password,
                   COALESCE(ru.state = 'cancelled' AND ru.finished_at IS NULL, 0) AS run_cancelled
            FROM report r
            JOIN tenant t ON t.id = r.tenant_id
            JOIN recipient rc ON rc.tenant_id = r.tenant_id AND rc.id = r.recipient_id
            LEFT JOIN preference p ON p.tenant_id = r.tenant_id AND p.recipient_id = r.recipient_id
            LEFT JOIN logo l ON l.tenant_id = r.tenant_id
            LEFT JOIN run ru ON ru.tenant_id = r.tenant_id AND ru.id = r.run_id
            WHERE r.tenant_id = ? AND r.id = UNHEX(?)""";
    private static final String FILE =
            """
            INSERT INTO file (tenant_id, report_id, format, media_type, bytes, sha256, path, created_at, expires_at)
            VALUES %s
            ON DUPLICATE KEY UPDATE media_type = VALUES(media_type), bytes = VALUES(bytes), sha256 = VALUES(sha256), path = VALUES(path),
                                    created_at = VALUES(created_at), expires_at = VALUES(expires_at), deleted_at = NULL""";
    private static final String FILE_ROW = "(?, UNHEX(?), ?, ?, ?, ?, ?, ?, ?)";
    private static final String FILES =
            """
            SELECT format, media_type, bytes, sha256, path, created_at, expires_at
            FROM file
            WHERE tenant_id = ? AND report_id = UNHEX(?)
            ORDER BY format""";
    // A report that is generated again may have fewer formats, another password, or be a note. Its old files must not stay.
    private static final String DELETE_FILES =
            """
            DELETE FROM file
            WHERE tenant_id = ? AND report_id IN (%s)""";

    private final Database database;

    ReportStages(Database database) {
        this.database = database;
    }

    /** The report with its tenant and recipient. Empty if it was deleted. */
    public Uni<Optional<ReportTask>> task(int tenantId, String reportId) {
        return database.client()
                .preparedQuery(TASK)
                .execute(Tuple.of(tenantId, reportId))
                .map(rows -> rows.size() == 0 ? Optional.empty() : Optional.of(task(rows.iterator().next())));
    }

    /** The stored files of a report. */
    public Uni<List<StoredFile>> files(ReportTask report) {
        return database.client()
                .preparedQuery(FILES)
                .execute(Tuple.of(report.tenant().id(), report.reportId()))
                .map(rows -> {
                    var files = new ArrayList<StoredFile>();
                    rows.forEach(row -> files.add(new StoredFile(
                            row.getString("format"),
                            FileType.of(row.getString("media_type")),
                            row.getLong("bytes"),
                            row.getString("sha256"),
                            row.getString("path"),
                            Utc.instant(row.getLocalDateTime("created_at")),
                            Utc.instant(row.getLocalDateTime("expires_at")))));
                    return files;
                });
    }

    /** Records the files of reports. The files of a later attempt replace those of an earlier one. */
    public Uni<Void> store(SqlClient transaction, Map<ReportTask, List<StoredFile>> files) {
        var rows = new ArrayList<Tuple>();
        files.forEach((report, itsFiles) -> itsFiles.forEach(file -> rows.add(row(report, file))));
        return MultiRowInsert.insert(transaction, FILE, FILE_ROW, rows);
    }

    private static Tuple row(ReportTask report, StoredFile file) {
        return Tuple.from(new Object[] {
            report.tenant().id(),
            report.reportId(),
            file.format(),
            file.type().mediaType(),
            file.bytes(),
            file.sha256(),
            file.path(),
            Utc.column(file.createdAt()),
            Utc.column(file.expiresAt())
        });
    }

    /** Deletes the rows of all files of reports that are generated again. The list must not be empty. */
    static Uni<Void> deleteFiles(SqlClient transaction, int tenantId, List<String> reportIds) {
        return transaction
                .preparedQuery(DELETE_FILES.formatted(Placeholders.of("UNHEX(?)", reportIds.size())))
                .execute(Tuple.from(Stream.concat(Stream.of(tenantId), reportIds.stream()).toList()))
                .replaceWithVoid();
    }

    private static final String EXPIRE =
            """
            UPDATE file
            SET expires_at = LEAST(expires_at, ?)
            WHERE tenant_id = ? AND report_id IN (%s) AND deleted_at IS NULL""";

    /** Lets all files of reports expire now. The list must not be empty. */
    static Uni<Void> expireFiles(SqlClient transaction, int tenantId, List<String> reportIds, Instant now) {
        return transaction
                .preparedQuery(EXPIRE.formatted(Placeholders.of("UNHEX(?)", reportIds.size())))
                .execute(Tuple.from(Stream.concat(Stream.of(Utc.column(now), tenantId), reportIds.stream()).toList()))
                .replaceWithVoid();
    }

    private static final String REDATE =
            """
            UPDATE file
            SET expires_at = created_at + INTERVAL ? DAY
            WHERE tenant_id = ? AND report_id IN (%s) AND deleted_at IS NULL""";

    /** Lets the files of reports expire so many days after they were stored. The list must not be empty. */
    static Uni<Void> redateFiles(SqlClient transaction, int tenantId, List<String> reportIds, int days) {
        return transaction
                .preparedQuery(REDATE.formatted(Placeholders.of("UNHEX(?)", reportIds.size())))
                .execute(Tuple.from(Stream.concat(Stream.of(days, tenantId), reportIds.stream()).toList()))
                .replaceWithVoid();
    }

    // The path is in the condition: if the report was generated again in the meantime, its row has another path, and stays as it is.
    private static final String DELETED =
            """
            UPDATE file
            SET deleted_at = ?, expires_at = LEAST(expires_at, ?)
            WHERE tenant_id = ? AND report_id = UNHEX(?) AND format = ? AND path = ? AND deleted_at IS NULL""";

    /** Records that the store has these files no more. The rows stay, so that users still see the files as expired. */
    static Uni<Void> filesDeleted(SqlClient transaction, List<KeptFile> files, Instant now) {
        var at = Utc.column(now);
        return Batch.execute(transaction, DELETED, files.stream()
                .map(file -> Tuple.of(at, at, file.tenantId(), file.reportId(), file.format(), file.path()))
                .toList());
    }

    private static ReportTask.@Nullable Password password(Row row) {
        var tenant = row.getInteger("tenant_id");
        var own = row.getString("own_password");
        if (own != null) {
            return new ReportTask.Password(new Secrets.Owner(tenant, Optional.of(row.getString("user_id"))), own);
        }
        var ofTenant = row.getString("tenant_password");
        return ofTenant == null ? null : new ReportTask.Password(new Secrets.Owner(tenant, Optional.empty()), ofTenant);
    }

    private static ReportTask task(Row row) {
        return new ReportTask(
                row.getString("id"),
                row.getString("run"),
                row.getString("definition"),
                row.getString("period"),
                row.getInteger("revision"),
                Utc.instant(row.getLocalDateTime("created_at")),
                List.of(row.getString("formats").split(",")),
                DeliveryMode.of(row.getString("delivery")).orElseThrow(),
                Priority.ofText(row.getString("priority")),
                ReportStatus.of(row.getString("status")).orElseThrow(),
                row.getString("mail_to"),
                row.getInteger("asked_again") != 0,
                row.getInteger("run_cancelled") != 0,
                password(row),
                new ReportTask.Tenant(
                        row.getInteger("tenant_id"),
                        row.getString("slug"),
                        row.getString("tenant_name"),
                        row.getString("zone"),
                        row.getString("tenant_locale"),
                        row.getString("color"),
                        row.getString("sender_name"),
                        row.getString("reply_to"),
                        row.getString("logo"),
                        row.getInteger("retention_days"),
                        row.getInteger("tenant_ended") != 0),
                new ReportTask.Recipient(
                        row.getLong("recipient_id"),
                        row.getString("user_id"),
                        row.getString("name"),
                        row.getString("email"),
                        new JsonArray(row.getString("tags")).stream().map(String.class::cast).toList(),
                        row.getString("locale"),
                        row.getInteger("active") != 0,
                        Utc.instant(row.getLocalDateTime("paused_until")),
                        row.getInteger("unsubscribed") != 0));
    }
}

package io.weekly.report;

import io.vertx.mutiny.sqlclient.Row;
import io.weekly.database.Utc;
import io.weekly.queue.Priority;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Turns the rows that {@link Reports} reads into reports and files. */
final class ReportRows {

    private ReportRows() {}

    /** A report without its files. */
    static Report report(Row row) {
        var stored = ReportStatus.of(row.getString("status")).orElseThrow();
        return new Report(
                row.getString("id"),
                row.getString("tenant"),
                row.getString("recipient"),
                row.getString("definition"),
                row.getString("definition_version"),
                row.getString("period"),
                row.getInteger("revision"),
                row.getString("run"),
                row.getInteger("sample") != 0,
                visibleStatus(stored, row.getString("working")),
                row.getInteger("attempt"),
                Priority.ofText(row.getString("priority")),
                Utc.instant(row.getLocalDateTime("created_at")),
                Utc.instant(row.getLocalDateTime("started_at")),
                Utc.instant(row.getLocalDateTime("generated_at")),
                Utc.instant(row.getLocalDateTime("delivered_at")),
                List.of(),
                delivery(row),
                ReportWarnings.read(row.getString("warnings")),
                row.getString("error"),
                row.getInteger("tenant_id"));
    }

    private static ReportStatus visibleStatus(ReportStatus stored, @Nullable String workingLane) {
        if (workingLane == null) {
            return stored;
        }
        return workingLane.equals("generate") ? ReportStatus.GENERATING : ReportStatus.DELIVERING;
    }

    private static Report.Delivery delivery(Row row) {
        var mode = DeliveryMode.of(row.getString("mode")).orElseThrow();
        // The address of a delivery may have been erased.
        var begun = row.getInteger("attempts") != null;
        return new Report.Delivery(
                mode,
                row.getString("address"),
                begun ? row.getInteger("attempts") : 0,
                row.getString("message_id"),
                row.getString("outcome"),
                row.getString("reason"),
                begun && row.getInteger("unknown_before") != 0);
    }

    /** A row of {@code file}. */
    static Report.File file(Row row, Instant now) {
        var expires = Utc.instant(row.getLocalDateTime("expires_at"));
        return new Report.File(
                row.getString("format"),
                row.getLong("bytes"),
                row.getString("sha256"),
                "/api/v1/reports/" + row.getString("report_id") + "/files/" + row.getString("format"),
                expires,
                !expires.isAfter(now) || row.getLocalDateTime("deleted_at") != null,
                FileType.of(row.getString("media_type")),
                row.getString("path"));
    }
}

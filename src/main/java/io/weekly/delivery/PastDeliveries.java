package io.weekly.delivery;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import io.weekly.database.Database;
import io.weekly.database.Placeholders;
import io.weekly.database.Utc;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/** Reads all deliveries of reports, with their addresses and the replies of mail servers: for the export of what is held on a person. */
@ApplicationScoped
public class PastDeliveries {

    private static final String OF_REPORTS =
            """
            SELECT LOWER(HEX(report_id)) AS report_id, number, mode, NULLIF(address, '') AS address, message_id, attempts, outcome,
                   unknown_before <> 0 AS unknown_before, reply, began_at, ended_at
            FROM delivery
            WHERE tenant_id = ? AND report_id IN (%s)
            ORDER BY report_id, number""";

    private final Database database;

    PastDeliveries(Database database) {
        this.database = database;
    }

    /**
     * A delivery of a report.
     *
     * @param report the id of the report
     * @param number from 1; each request to send the report again makes the next one
     * @param mode attachment, link or none
     * @param to the address; null if it was erased
     * @param attempts how many dialogues with the mail server there were
     * @param outcome accepted, deferred, rejected or unknown; null until the first dialogue has ended
     * @param unknownBefore whether an earlier attempt may have sent the mail as well
     * @param reply the last reply of the mail server; null if there was none
     */
    public record PastDelivery(
            String report, int number, String mode, @Nullable String to, String messageId, int attempts, @Nullable String outcome,
            boolean unknownBefore, @Nullable String reply, Instant beganAt, @Nullable Instant endedAt) {}

    /** The deliveries of these reports, in the order of the ids of the reports. */
    public Uni<List<PastDelivery>> of(int tenantId, List<String> reportIds) {
        return reportIds.isEmpty()
                ? Uni.createFrom().item(List.of())
                : database.client()
                        .preparedQuery(OF_REPORTS.formatted(Placeholders.of("UNHEX(?)", reportIds.size())))
                        .execute(Tuple.from(Stream.concat(Stream.of(tenantId), reportIds.stream()).toList()))
                        .map(rows -> StreamSupport.stream(rows.spliterator(), false).map(PastDeliveries::delivery).toList());
    }

    private static PastDelivery delivery(Row row) {
        return new PastDelivery(
                row.getString("report_id"),
                row.getInteger("number"),
                row.getString("mode"),
                row.getString("address"),
                row.getString("message_id"),
                row.getInteger("attempts"),
                row.getString("outcome"),
                row.getInteger("unknown_before") != 0,
                row.getString("reply"),
                Utc.instant(row.getLocalDateTime("began_at")),
                Utc.instant(row.getLocalDateTime("ended_at")));
    }
}

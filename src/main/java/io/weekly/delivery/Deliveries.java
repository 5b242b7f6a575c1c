package io.weekly.delivery;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlClient;
import io.vertx.mutiny.sqlclient.Tuple;
import io.weekly.database.Batch;
import io.weekly.database.Database;
import io.weekly.database.Placeholders;
import io.weekly.database.Utc;
import io.weekly.delivery.reply.ReplyClass;
import io.weekly.text.Ellipsis;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Writes and reads the records of deliveries. Each attempt is recorded before its dialogue and again after it, in the caller's
 * transactions.
 */
@ApplicationScoped
public class Deliveries {

    private static final int MAX_REPLY_LENGTH = 1000;

    private static final int FIRST = 1;
    private static final String BEGIN =
            """
            INSERT INTO delivery (tenant_id, report_id, number, mode, address, message_id, attempts, unknown_before, began_at)
            VALUES (?, UNHEX(?), ?, ?, ?, ?, 1, ?, ?)
            -- Columns are set from left to right. A delivery that was only requested begins now.
            ON DUPLICATE KEY UPDATE began_at = IF(attempts = 0, VALUES(began_at), began_at), attempts = attempts + 1,
                                    mode = VALUES(mode), address = VALUES(address), outcome = NULL, reply = NULL, reason = NULL,
                                    ended_at = NULL, server_id = NULL,
                                    unknown_before = unknown_before OR VALUES(unknown_before)""";
    private static final String LATEST =
            """
            SELECT number, message_id, mode = 'link' AS linked, unknown_before <> 0 AS unknown_before, attempts, began_at,
                   put_off_at, requested <> 0 AS requested
            FROM delivery
            WHERE tenant_id = ? AND report_id = UNHEX(?)
            ORDER BY number DESC
            LIMIT 1""";
    // The latest delivery is the current one: no other delivery can begin while a worker holds the job of the report.
    private static final String END =
            """
            UPDATE delivery
            SET outcome = ?, reply = ?, server_id = ?, reason = ?, ended_at = ?
            WHERE tenant_id = ? AND report_id = UNHEX(?)
            ORDER BY number DESC
            LIMIT 1""";
    private static final String RETRY =
            """
            UPDATE (SELECT report_id, MAX(number) AS number
                    FROM delivery
                    WHERE tenant_id = ? AND report_id IN (%s)
                    GROUP BY report_id) l
            JOIN delivery d ON d.tenant_id = ? AND d.report_id = l.report_id AND d.number = l.number
            SET d.unknown_before = d.unknown_before OR d.attempts > 0 AND (d.outcome IS NULL OR d.outcome = 'unknown'), d.began_at = ?,
                d.put_off_at = NULL""";
    private static final String NEXT_NUMBER =
            """
            SELECT COALESCE(MAX(number), 0) + 1 AS next
            FROM delivery
            WHERE tenant_id = ? AND report_id = UNHEX(?)""";
    private static final String NEXT =
            """
            INSERT INTO delivery (tenant_id, report_id, number, mode, address, message_id, attempts, unknown_before, began_at, requested)
            SELECT r.tenant_id, r.id, ?, r.delivery, COALESCE(r.mail_to, rc.email), ?, 0, FALSE, ?, TRUE
            FROM report r
            JOIN recipient rc ON rc.tenant_id = r.tenant_id AND rc.id = r.recipient_id
            WHERE r.tenant_id = ? AND r.id = UNHEX(?)""";

    /** An attempt of a delivery that is about to begin. */
    public record Begin(
            int tenantId, String reportId, int number, String mode, String address, String messageId, boolean unknownBefore, Instant at) {}

    /** How an attempt ended. */
    public record End(int tenantId, String reportId, HandOver handOver, Instant at) {}

    /**
     * A delivery of a report.
     *
     * @param number from 1; each request to send the report again makes the next one
     * @param messageId with its angle brackets; the same in all attempts of a delivery
     * @param linked whether it is sent with a link, because the report is, or because a mail system found the mail with its files too large
     * @param unknownBefore whether an earlier attempt ended as unknown, so that the mail may have been sent already
     * @param attempts how many dialogues there were
     * @param since the time of the first dialogue, or when the mail was first put off before it, or of the last request to try again
     * @param requested whether a user requested this delivery; false for the one that belongs to the report
     */
    public record Delivery(
            int number, String messageId, boolean linked, boolean unknownBefore, int attempts, Instant since, boolean requested) {}

    private final Database database;
    private final DeliveryConfig config;

    Deliveries(Database database, DeliveryConfig config) {
        this.database = database;
        this.config = config;
    }

    /** The first delivery of a report that has none yet. */
    public Delivery first(String reportId, Instant now) {
        return new Delivery(FIRST, messageId(reportId, FIRST), false, false, 0, now, false);
    }

    private String messageId(String reportId, int number) {
        return new DeliveryReference(reportId, number).messageId(config.from().domain());
    }

    /** The latest delivery of a report; empty if it has none. If no dialogue of the delivery has begun yet, its {@code since} is now. */
    public Uni<Optional<Delivery>> latest(int tenantId, String reportId, Instant now) {
        return database.client()
                .preparedQuery(LATEST)
                .execute(Tuple.of(tenantId, reportId))
                .map(rows -> rows.size() == 0 ? Optional.empty() : Optional.of(delivery(rows.iterator().next(), now)));
    }

    private static Delivery delivery(Row row, Instant now) {
        var attempts = row.getInteger("attempts");
        return new Delivery(
                row.getInteger("number"),
                row.getString("message_id"),
                row.getInteger("linked") != 0,
                row.getInteger("unknown_before") != 0,
                attempts,
                since(row, attempts, now),
                row.getInteger("requested") != 0);
    }

    private static Instant since(Row row, int attempts, Instant now) {
        var began = attempts == 0 ? now : Utc.instant(row.getLocalDateTime("began_at"));
        var putOff = row.getLocalDateTime("put_off_at");
        return putOff != null && Utc.instant(putOff).isBefore(began) ? Utc.instant(putOff) : began;
    }

    private static final String PUT_OFF =
            """
            INSERT INTO delivery (tenant_id, report_id, number, mode, address, message_id, attempts, unknown_before, began_at, put_off_at)
            VALUES (?, UNHEX(?), ?, ?, ?, ?, 0, ?, ?, ?)
            ON DUPLICATE KEY UPDATE put_off_at = COALESCE(put_off_at, VALUES(put_off_at))""";

    /** Records since when a delivery waits without a dialogue, because mails to its domain are paused. Only the first time counts. */
    public Uni<Void> putOff(Begin delivery) {
        return database.client()
                .preparedQuery(PUT_OFF)
                .execute(Tuple.from(new Object[] {
                    delivery.tenantId(),
                    delivery.reportId(),
                    delivery.number(),
                    delivery.mode(),
                    delivery.address(),
                    delivery.messageId(),
                    delivery.unknownBefore(),
                    Utc.column(delivery.at()),
                    Utc.column(delivery.at())
                }))
                .replaceWithVoid();
    }

    /** Records that an attempt begins. */
    public Uni<Void> begin(SqlClient transaction, Begin begin) {
        return transaction
                .preparedQuery(BEGIN)
                .execute(Tuple.from(new Object[] {
                    begin.tenantId(), begin.reportId(), begin.number(), begin.mode(), begin.address(), begin.messageId(),
                    begin.unknownBefore(), Utc.column(begin.at())
                }))
                .replaceWithVoid();
    }

    // Columns are set from left to right. The end of an earlier dialogue is known: if it were not, the delivery would be flagged.
    private static final String NOT_BEGUN =
            """
            UPDATE delivery
            SET outcome = IF(attempts > 1, 'deferred', NULL), attempts = attempts - 1, unknown_before = ?
            WHERE tenant_id = ? AND report_id = UNHEX(?) AND number = ? AND attempts > 0""";

    /** The attempt that {@link #begin} recorded last did not begin, so it does not count: the delivery is as before. */
    public Uni<Void> notBegun(SqlClient transaction, int tenantId, String reportId, Delivery before) {
        return transaction
                .preparedQuery(NOT_BEGUN)
                .execute(Tuple.of(before.unknownBefore(), tenantId, reportId, before.number()))
                .replaceWithVoid();
    }

    /** Records how attempts ended. */
    public Uni<Void> end(SqlClient transaction, List<End> ends) {
        var rows = ends.stream()
                .map(end -> Tuple.from(new Object[] {
                    end.handOver().outcome(),
                    cut(end.handOver().reply()),
                    serverId(end.handOver()),
                    end.handOver().reason().map(ReplyClass::text).orElse(null),
                    Utc.column(end.at()),
                    end.tenantId(),
                    end.reportId()
                }))
                .toList();
        return Batch.execute(transaction, END, rows);
    }

    private static @Nullable String serverId(HandOver end) {
        return end instanceof HandOver.Accepted accepted ? ServerId.in(accepted.reply()).orElse(null) : null;
    }

    /**
     * Records that a user retries the latest delivery of each report; a report may have none. The time for deferrals begins again now. If
     * the end of the last dialogue is unknown, the delivery is flagged, because the next mail may be the second one. The list must not be
     * empty.
     */
    public Uni<Void> again(SqlClient transaction, int tenantId, List<String> reportIds, Instant at) {
        var values = new ArrayList<Object>(List.of(tenantId));
        values.addAll(reportIds);
        values.addAll(List.of(tenantId, Utc.column(at)));
        return transaction
                .preparedQuery(RETRY.formatted(Placeholders.of("UNHEX(?)", reportIds.size())))
                .execute(Tuple.from(values))
                .replaceWithVoid();
    }

    /**
     * Adds the next delivery of the report, to the address that its recipient has now. The caller holds the lock of the report.
     *
     * @return its number
     */
    public Uni<Integer> next(SqlClient transaction, int tenantId, String reportId, Instant at) {
        return transaction
                .preparedQuery(NEXT_NUMBER)
                .execute(Tuple.of(tenantId, reportId))
                .map(rows -> rows.iterator().next().getLong("next").intValue())
                .call(number -> transaction
                        .preparedQuery(NEXT)
                        .execute(Tuple.of(number, messageId(reportId, number), Utc.column(at), tenantId, reportId)));
    }

    private static String cut(String reply) {
        return Ellipsis.shorten(reply, MAX_REPLY_LENGTH);
    }
}

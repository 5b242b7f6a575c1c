package io.weekly.delivery;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlClient;
import io.vertx.mutiny.sqlclient.Tuple;
import io.weekly.database.Database;
import io.weekly.database.Utc;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The record of every hand-over: begun before the dialogue, ended after it, each in the caller's transaction. */
@ApplicationScoped
public class Deliveries {

    private static final int LONGEST_REPLY = 1000;

    // A report's deliveries are numbered; until somebody asks to send again there is one.
    private static final String BEGIN =
            """
            INSERT INTO delivery (tenant_id, report_id, number, mode, address, message_id, attempts, unknown_before, began_at)
            VALUES (?, UNHEX(?), ?, ?, ?, ?, 1, ?, ?)
            ON DUPLICATE KEY UPDATE attempts = attempts + 1, address = VALUES(address), outcome = NULL, reply = NULL, ended_at = NULL,
                                    unknown_before = unknown_before OR VALUES(unknown_before)""";
    private static final String LATEST =
            """
            SELECT message_id, unknown_before <> 0 AS unknown_before
            FROM delivery
            WHERE tenant_id = ? AND report_id = UNHEX(?)
            ORDER BY number DESC
            LIMIT 1""";
    private static final String END =
            """
            UPDATE delivery
            SET outcome = ?, reply = ?, ended_at = ?
            WHERE tenant_id = ? AND report_id = UNHEX(?) AND number = ?""";

    /** The hand-over of a report that is about to begin. */
    public record Begin(
            int tenantId, String reportId, int number, String mode, String address, String messageId, boolean unknownBefore, Instant at) {}

    /** How one ended. */
    public record End(int tenantId, String reportId, int number, HandOver handOver, Instant at) {}

    /** A delivery that has begun before. */
    public record Begun(String messageId, boolean unknownBefore) {}

    private final Database database;

    Deliveries(Database database) {
        this.database = database;
    }

    /** The report's latest delivery; empty before the first. */
    public Uni<Optional<Begun>> latest(int tenantId, String reportId) {
        return database.client()
                .preparedQuery(LATEST)
                .execute(Tuple.of(tenantId, reportId))
                .map(rows -> rows.size() == 0 ? Optional.empty() : Optional.of(begun(rows.iterator().next())));
    }

    private static Begun begun(Row row) {
        return new Begun(row.getString("message_id"), row.getInteger("unknown_before") != 0);
    }

    /** Says that an attempt begins. */
    public Uni<Void> begin(SqlClient transaction, Begin begin) {
        return transaction
                .preparedQuery(BEGIN)
                .execute(Tuple.from(new Object[] {
                    begin.tenantId(),
                    begin.reportId(),
                    begin.number(),
                    begin.mode(),
                    begin.address(),
                    begin.messageId(),
                    begin.unknownBefore(),
                    Utc.column(begin.at())
                }))
                .replaceWithVoid();
    }

    /** Says how attempts ended. */
    public Uni<Void> end(SqlClient transaction, List<End> ends) {
        if (ends.isEmpty()) {
            return Uni.createFrom().voidItem();
        }
        var rows = ends.stream()
                .map(end -> Tuple.from(new Object[] {
                    end.handOver().outcome(),
                    cut(end.handOver().reply()),
                    Utc.column(end.at()),
                    end.tenantId(),
                    end.reportId(),
                    end.number()
                }))
                .toList();
        return transaction.preparedQuery(END).executeBatch(rows).replaceWithVoid();
    }

    private static String cut(String reply) {
        return reply == null || reply.length() <= LONGEST_REPLY ? reply : reply.substring(0, LONGEST_REPLY - 1) + "…";
    }
}

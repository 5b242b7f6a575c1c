package io.weekly.delivery;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlClient;
import io.vertx.mutiny.sqlclient.Tuple;
import io.weekly.database.Utc;
import io.weekly.delivery.reply.ReplyClass;
import io.weekly.text.Ellipsis;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Corrects the record of a delivery when a mail system says later what became of the mail. */
public final class LateReplies {

    private static final int MAX_REPLY_LENGTH = 1000;

    private LateReplies() {}

    private static final String CORRECT =
            """
            UPDATE delivery
            SET outcome = ?, reply = ?, reason = ?, ended_at = ?
            WHERE tenant_id = ? AND report_id = UNHEX(?) AND number = ?""";

    /**
     * The mail did not arrive. The caller holds the lock of the report. The id that the mail server gave the mail stays.
     *
     * @param meaning of the reply, the reason by which failed reports are found
     */
    public static Uni<Void> rejected(
            SqlClient transaction, int tenantId, DeliveryReference delivery, String reply, ReplyClass meaning, Instant at) {
        return correct(transaction, tenantId, delivery, "rejected", reply, meaning.text(), at);
    }

    /** The mail arrived, although nobody knew whether it was sent. The caller holds the lock of the report. */
    public static Uni<Void> accepted(SqlClient transaction, int tenantId, DeliveryReference delivery, String reply, Instant at) {
        return correct(transaction, tenantId, delivery, "accepted", reply, null, at);
    }

    private static final String NEXT_WITH_LINK =
            """
            INSERT INTO delivery (tenant_id, report_id, number, mode, address, message_id, attempts, unknown_before, began_at)
            SELECT tenant_id, report_id, number + 1, 'link', address, ?, 0, FALSE, ?
            FROM delivery
            WHERE tenant_id = ? AND report_id = UNHEX(?) AND number = ?""";

    /**
     * Adds the next delivery of the report, with a link instead of the files. The caller holds the lock of the report.
     *
     * @param last the latest delivery
     * @param domain that of the sender
     */
    public static Uni<Void> nextWithLink(
            SqlClient transaction, int tenantId, DeliveryReference last, String domain, Instant at) {
        var next = new DeliveryReference(last.reportId(), last.number() + 1);
        return transaction
                .preparedQuery(NEXT_WITH_LINK)
                .execute(Tuple.of(next.messageId(domain), Utc.column(at), tenantId, last.reportId(), last.number()))
                .replaceWithVoid();
    }

    private static Uni<Void> correct(
            SqlClient transaction, int tenantId, DeliveryReference delivery, String outcome, String reply, @Nullable String reason,
            Instant at) {
        return transaction
                .preparedQuery(CORRECT)
                .execute(Tuple.from(new Object[] {
                    outcome, Ellipsis.shorten(reply, MAX_REPLY_LENGTH), reason, Utc.column(at), tenantId, delivery.reportId(),
                    delivery.number()
                }))
                .replaceWithVoid();
    }
}

package io.weekly.delivery.inbound;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlClient;
import io.weekly.delivery.reply.MailReply;
import io.weekly.delivery.reply.ReplyClass;
import java.time.Instant;
import java.util.List;

/**
 * Told of bounces of mails that this service sent and that are no reports, such as letters to owners. Beans that implement it are called
 * one after the other until one knows the mail.
 */
public interface LateBounceListener {

    /**
     * A mail that is no report did not arrive. Called once for each event, in the transaction that remembers it.
     *
     * @param messageId with its angle brackets. Its domain is that of the sender address. Anybody who can send a mail to the bounce address
     *     can choose the part before the {@code @}, so check that such a mail was sent
     * @param recipients the addresses that the event is about; may be empty
     */
    record LateBounce(
            String messageId, List<String> recipients, MailReply reply, ReplyClass meaning, Instant at) {}

    /**
     * Whether this service is sending the mail now, so that its bounce is faster than our own commit. Then nobody is told of the bounce,
     * and the mail system has to send it again. Asked before {@link #bounced}.
     */
    default Uni<Boolean> isBeingSent(SqlClient transaction, String messageId) {
        return Uni.createFrom().item(false);
    }

    /** Returns whether it knows the mail. */
    Uni<Boolean> bounced(SqlClient transaction, LateBounce bounce);
}

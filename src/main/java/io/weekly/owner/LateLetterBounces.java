package io.weekly.owner;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlClient;
import io.weekly.delivery.inbound.LateBounceListener;
import io.weekly.delivery.reply.ReplyClass;
import jakarta.enterprise.context.ApplicationScoped;

/**
 * Passes on late bounces of letters. A bounce that says nothing about the address, for example that the sender was refused, does not move
 * the letters of this owner to the fallback address. It is an audit event and a line in the log, as in the dialogue. A bounce
 * of another address, to which the owner's passed it on, changes nothing.
 */
@ApplicationScoped
class LateLetterBounces implements LateBounceListener {

    private final OwnerProblems problems;
    private final OwnerMails mails;

    LateLetterBounces(OwnerProblems problems, OwnerMails mails) {
        this.problems = problems;
        this.mails = mails;
    }

    @Override
    public Uni<Boolean> isBeingSent(SqlClient transaction, String messageId) {
        return mails.isBeingSent(transaction, messageId);
    }

    @Override
    public Uni<Boolean> bounced(SqlClient transaction, LateBounce bounce) {
        var isAboutAddress = bounce.meaning() == ReplyClass.ADDRESS || bounce.meaning() == ReplyClass.MAILBOX_FULL;
        return isAboutAddress
                ? problems.bounced(transaction, bounce.messageId(), bounce.recipients(), bounce.reply().text(), bounce.at())
                : problems.refused(transaction, bounce.messageId(), bounce.recipients(), bounce.reply().text(), bounce.at());
    }
}

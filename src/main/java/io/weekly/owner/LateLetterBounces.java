package io.weekly.owner;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlClient;
import io.weekly.delivery.inbound.LateBounceListener;
import io.weekly.delivery.reply.ReplyClass;
import jakarta.enterprise.context.ApplicationScoped;

/**
 * Passes on late bounces of letters. A bounce that says nothing about the address, for example that the sender was refused, does not move
 * the letters of this owner to the fallback address. The same holds for a bounce of another address, to which the owner's passed it on.
 */
@ApplicationScoped
class LateLetterBounces implements LateBounceListener {

    private final OwnerProblems problems;

    LateLetterBounces(OwnerProblems problems) {
        this.problems = problems;
    }

    @Override
    public Uni<Boolean> bounced(SqlClient transaction, LateBounce bounce) {
        var isAboutAddress = bounce.meaning() == ReplyClass.ADDRESS || bounce.meaning() == ReplyClass.MAILBOX_FULL;
        return isAboutAddress
                ? problems.bounced(transaction, bounce.messageId(), bounce.recipients(), bounce.reply().text(), bounce.at())
                : Uni.createFrom().item(false);
    }
}

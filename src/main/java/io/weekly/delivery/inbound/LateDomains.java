package io.weekly.delivery.inbound;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlClient;
import io.weekly.delivery.DomainLog;
import io.weekly.delivery.DomainReplies.Change;
import io.weekly.delivery.LateDomainReplies;
import io.weekly.delivery.MailDomains;
import io.weekly.delivery.reply.ReplyClass;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.List;

/** What an event says about the domain of its recipient: a relay takes all mails, so the domain's refusals come as events. */
@ApplicationScoped
class LateDomains {

    private final LateDomainReplies replies;
    private final MailDomains domains;
    private final Clock clock;

    LateDomains(LateDomainReplies replies, MailDomains domains, Clock clock) {
        this.replies = replies;
        this.domains = domains;
        this.clock = clock;
    }

    /** Records an event that was applied, in its transaction. The rows of domains are shared by all processes, so they are locked last. */
    Uni<List<Change>> record(SqlClient transaction, InboundEvent event, MailMatch match) {
        var now = clock.instant();
        var nothing = Uni.createFrom().item(List.<Change>of());
        return switch (event.type()) {
            case BOUNCE -> event.meaning() == ReplyClass.SENDER && match.endedAt() != null
                    ? replies.refused(transaction, match.address(), event.reply().text(), match.endedAt(), now)
                    : nothing;
            case DELIVERED -> match.endedAt() == null
                    ? nothing
                    : replies.arrived(transaction, match.address(), match.endedAt(), now);
            case PASSED_ON, COMPLAINT, DEFERRED -> nothing;
        };
    }

    /** After the commit: mails that wait for the send rate see a pause at once. */
    Uni<Void> changed(List<Change> changes) {
        changes.forEach(DomainLog::changed);
        return changes.isEmpty() ? Uni.createFrom().voidItem() : domains.refresh();
    }
}

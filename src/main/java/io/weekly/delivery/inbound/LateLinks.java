package io.weekly.delivery.inbound;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlClient;
import io.weekly.delivery.DeliveryConfig;
import io.weekly.delivery.LateReplies;
import io.weekly.delivery.MailLinkSettings;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;

/** Mails with a link, in the place of mails that were too large with their files. */
@ApplicationScoped
class LateLinks {

    private final MailLinkSettings links;
    private final DeliveryConfig config;
    private final Clock clock;

    LateLinks(MailLinkSettings links, DeliveryConfig config, Clock clock) {
        this.links = links;
        this.config = config;
        this.clock = clock;
    }

    /** Whether the settings allow links in mails. */
    boolean areAllowed() {
        return links.areAllowed();
    }

    /** Adds the delivery with the link. It has a Message-ID of its own, so later events of the large mail are not about it. */
    Uni<Void> nextDelivery(SqlClient transaction, MailMatch large) {
        return LateReplies.nextWithLink(transaction, large.tenantId(), large.delivery(), config.from().domain(), clock.instant());
    }
}

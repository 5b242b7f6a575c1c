package io.weekly.delivery.inbound;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlClient;
import io.weekly.database.Database;
import io.weekly.delivery.DeliveryConfig;
import io.weekly.delivery.DeliveryReference;
import io.weekly.delivery.inbound.InboundEvent.Type;
import io.weekly.delivery.inbound.LateBounceListener.LateBounce;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Instance;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Passes on the bounces of mails that are no reports, such as letters to owners. */
@ApplicationScoped
class OtherMails {

    private final Database database;
    private final InboundMemory memory;
    private final List<LateBounceListener> listeners;
    private final DeliveryConfig config;
    private final Clock clock;

    OtherMails(
            Database database, InboundMemory memory, Instance<LateBounceListener> listeners, DeliveryConfig config, Clock clock) {
        this.database = database;
        this.memory = memory;
        this.listeners = listeners.stream().toList();
        this.config = config;
        this.clock = clock;
    }

    /** Passes the event on if it is a bounce of such a mail; else, and if no listener knows the mail, it is unknown. */
    Uni<InboundResult> bounced(InboundEvent event) {
        var messageId = event.type() == Type.BOUNCE ? ours(event.mail().messageIds()) : Optional.<String>empty();
        if (messageId.isEmpty() || listeners.isEmpty()) {
            return Uni.createFrom().item(InboundResult.UNKNOWN_MAIL);
        }
        var at = event.at() == null ? clock.instant() : event.at();
        var bounce = new LateBounce(messageId.get(), event.recipients(), event.reply(), event.meaning(), at);
        return database.transaction(transaction -> memory.remember(transaction, event).flatMap(isNew -> isNew
                ? unlessBeingSent(transaction, bounce).call(result -> result == InboundResult.APPLIED
                        ? Uni.createFrom().voidItem()
                        : memory.forget(transaction, event))
                : Uni.createFrom().item(InboundResult.REPEATED)));
    }

    private Optional<String> ours(List<String> messageIds) {
        var end = "@" + config.from().domain().toLowerCase(Locale.ROOT) + ">";
        return messageIds.stream()
                .filter(id -> id.startsWith("<") && id.toLowerCase(Locale.ROOT).endsWith(end))
                .filter(id -> DeliveryReference.ofMessageId(id).isEmpty())
                .findFirst();
    }

    private Uni<InboundResult> unlessBeingSent(SqlClient transaction, LateBounce bounce) {
        return Multi.createFrom()
                .iterable(listeners)
                .onItem()
                .transformToUniAndConcatenate(listener -> listener.isBeingSent(transaction, bounce.messageId()))
                .collect()
                .asList()
                .flatMap(answers -> answers.contains(true)
                        ? Uni.createFrom().item(InboundResult.TOO_EARLY)
                        : tell(transaction, bounce));
    }

    private Uni<InboundResult> tell(SqlClient transaction, LateBounce bounce) {
        return Multi.createFrom()
                .iterable(listeners)
                .onItem()
                .transformToUniAndConcatenate(listener -> listener.bounced(transaction, bounce))
                .select()
                .where(knows -> knows)
                .toUni()
                .map(knows -> knows == null ? InboundResult.UNKNOWN_MAIL : InboundResult.APPLIED);
    }
}

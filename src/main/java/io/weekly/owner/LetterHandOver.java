package io.weekly.owner;

import io.smallrye.mutiny.Uni;
import io.weekly.delivery.DeliveryConfig;
import io.weekly.delivery.HandOver;
import io.weekly.delivery.MailSender;
import io.weekly.delivery.SendRate.SendTime;
import io.weekly.delivery.suppression.Suppression;
import io.weekly.delivery.suppression.Suppressions;
import jakarta.enterprise.context.ApplicationScoped;

/**
 * Hands a letter to the mail server, unless its address is suppressed: a suppression is for all mails of the tenant to one address. Then
 * the letter ends as if the mail server had refused the address, so it goes to the fallback address.
 */
@ApplicationScoped
class LetterHandOver {

    private final MailSender sender;
    private final Suppressions suppressions;
    private final DeliveryConfig config;

    LetterHandOver(MailSender sender, Suppressions suppressions, DeliveryConfig config) {
        this.sender = sender;
        this.suppressions = suppressions;
        this.config = config;
    }

    Uni<HandOver> handOver(Letter letter, SendTime time) {
        return suppressions.find(letter.tenantId(), letter.address()).flatMap(found -> found.isPresent()
                ? Uni.createFrom().item(new HandOver.Rejected(reason(letter, found.get())))
                : sender.handOver(letter.toOutgoingMail(config), time));
    }

    private static String reason(Letter letter, Suppression suppression) {
        return "the address is suppressed (%s) since %s; to lift it: DELETE /api/v1/tenants/%s/suppressions/%s".formatted(
                suppression.reason().text(), suppression.firstAt(), letter.slug(), suppression.id());
    }
}

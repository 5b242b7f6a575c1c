package io.weekly.webhook;

import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;

/**
 * Checks the address of an endpoint when an admin stores it. This check is for the admin, who sees at once what is wrong. The check that
 * protects the network is made again before each request, because the address of a name can change ({@link EndpointAddresses}).
 */
@ApplicationScoped
public class WebhookAddresses {

    private final EndpointAddresses addresses;
    private final WebhookConfig config;

    WebhookAddresses(EndpointAddresses addresses, WebhookConfig config) {
        this.addresses = addresses;
        this.config = config;
    }

    /** What an address is. */
    public sealed interface Checked {
        /** It may be stored, in this form. */
        record Valid(String url) implements Checked {}

        /** It may not; the reason reads as "must …". */
        record Invalid(String reason) implements Checked {}
    }

    /**
     * Checks the text and the host. A name that has no address now is valid, because it can get one. Never fails. The result is passed on
     * in the caller's Vert.x context, where its request transaction is.
     */
    public Uni<Checked> check(String text) {
        return Uni.createFrom().deferred(() -> {
            var context = Vertx.currentContext();
            var checked = checkHost(text);
            return context == null ? checked : checked.emitOn(task -> context.runOnContext(_ -> task.run()));
        });
    }

    private Uni<Checked> checkHost(String text) {
        return switch (WebhookUrl.parse(text, config.allowHttp())) {
            case WebhookUrl.Parsed.Invalid invalid -> Uni.createFrom().item(new Checked.Invalid(invalid.reason()));
            case WebhookUrl.Parsed.Valid(var url) -> addresses.find(url.host()).map(found -> switch (found) {
                case EndpointAddresses.Found.Refused _ -> new Checked.Invalid(
                        "must have a public address: this host has a private or special one (weekly.webhook.allowed-private)");
                case EndpointAddresses.Found.Allowed _, EndpointAddresses.Found.Unknown _ -> new Checked.Valid(url.text());
            });
        };
    }
}

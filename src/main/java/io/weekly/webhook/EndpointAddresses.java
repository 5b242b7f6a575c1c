package io.weekly.webhook;

import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;

/**
 * Finds the address that a request goes to, and checks it. The caller connects to this very address. So a name that has a public address
 * when it is checked and a private one when it is used (DNS rebinding) leads nowhere.
 */
@ApplicationScoped
class EndpointAddresses {

    private static final Duration TIMEOUT = Duration.ofSeconds(5);

    private final HostResolver resolver;
    private final AddressRules rules;

    @Inject
    EndpointAddresses(HostResolver resolver, WebhookConfig config) {
        this(resolver, new AddressRules(config.allowedPrivate().orElse(List.of())));
    }

    EndpointAddresses(HostResolver resolver, AddressRules rules) {
        this.resolver = resolver;
        this.rules = rules;
    }

    /** What a host is. */
    sealed interface Found {
        /** It may be used with this address. */
        record Allowed(InetAddress address) implements Found {}

        /** None of its addresses may be used. */
        record Refused(InetAddress address) implements Found {}

        /** It has no address now. */
        record Unknown() implements Found {}
    }

    /** The address for the next request to the host. Never fails. */
    Uni<Found> find(String host) {
        return IpLiteral.parse(host)
                .map(address -> Uni.createFrom().item(chosen(List.of(address))))
                .orElseGet(() -> resolver.resolve(host)
                        .ifNoItem().after(TIMEOUT).failWith(() -> new UnknownHostException(host))
                        .map(this::chosen)
                        .onFailure().recoverWithItem(new Found.Unknown()));
    }

    private Found chosen(List<InetAddress> found) {
        return found.stream()
                .filter(rules::allow)
                .findFirst()
                .<Found>map(Found.Allowed::new)
                .orElseGet(() -> found.isEmpty() ? new Found.Unknown() : new Found.Refused(found.getFirst()));
    }
}

package io.weekly.delivery.inbound;

import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The certificates of Amazon SNS, read from its hosts and kept for a day. What could not be used is kept for half a minute, so that forged
 * messages cannot make the service call Amazon all the time. The number of kept addresses is bounded.
 */
@ApplicationScoped
class SnsCertificates {

    private static final int MAX_KEPT = 50;
    private static final Duration KEPT = Duration.ofDays(1);
    private static final Duration KEPT_FAULT = Duration.ofSeconds(30);

    private final AmazonReader amazon;
    private final Clock clock;
    private final Map<String, Kept> kept = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Kept> eldest) {
            return size() > MAX_KEPT;
        }
    };

    SnsCertificates(AmazonReader amazon, Clock clock) {
        this.amazon = amazon;
        this.clock = clock;
    }

    /** What is at the address of a certificate. */
    sealed interface Found {
        /** A certificate of Amazon SNS that is valid now. */
        record Valid(SnsCertificate certificate) implements Found {}

        /** The address is no address of Amazon SNS, or has no certificate of it. */
        record Refused(String reason) implements Found {}

        /** Amazon cannot be reached now, or does not answer as it should. */
        record Away(String reason) implements Found {}
    }

    private record Kept(Found found, Instant until) {}

    /**
     * The certificate at this address. Never fails.
     *
     * @param topicArn of an allowed topic, whose messages it signs
     */
    Uni<Found> find(String url, String topicArn) {
        return AmazonAddress.ofCertificate(url, topicArn)
                .map(address -> kept(url).map(found -> Uni.createFrom().item(found)).orElseGet(() -> read(url, address)))
                .orElseGet(() -> Uni.createFrom().item(new Found.Refused("SigningCertURL is no address of Amazon SNS")));
    }

    private synchronized Optional<Found> kept(String url) {
        var now = clock.instant();
        return Optional.ofNullable(kept.get(url)).filter(it -> now.isBefore(it.until())).map(it -> checked(it.found(), now));
    }

    private Uni<Found> read(String url, AmazonAddress address) {
        return amazon.read(address)
                .map(pem -> SnsCertificate.of(pem, address.host())
                        .<Found>map(Found.Valid::new)
                        .orElseGet(() -> new Found.Refused("what is at SigningCertURL is no certificate of Amazon SNS")))
                .onFailure()
                .recoverWithItem(failure -> new Found.Away("SigningCertURL could not be read: " + failure.getMessage()))
                .invoke(found -> keep(url, found))
                .map(found -> checked(found, clock.instant()));
    }

    private synchronized void keep(String url, Found found) {
        var time = found instanceof Found.Valid ? KEPT : KEPT_FAULT;
        kept.put(url, new Kept(found, clock.instant().plus(time)));
    }

    private static Found checked(Found found, Instant now) {
        return found instanceof Found.Valid(var certificate) && !certificate.isValid(now)
                ? new Found.Refused("the certificate at SigningCertURL is not valid now")
                : found;
    }
}

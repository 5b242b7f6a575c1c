package io.weekly.delivery.inbound;

import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The certificates of Amazon SNS, read from its hosts and kept for a day. What could not be used is kept for half a minute, so that forged
 * messages cannot make the service call Amazon all the time. The numbers of kept certificates and faults are bounded, each by itself, so
 * that many faults never displace a certificate.
 */
@ApplicationScoped
class SnsCertificates {

    private static final int MAX_KEPT = 50;
    private static final Duration KEPT = Duration.ofDays(1);
    private static final Duration KEPT_FAULT = Duration.ofSeconds(30);

    private final AmazonReader amazon;
    private final Clock clock;
    private final Map<String, Kept> certificates = bounded();
    private final Map<String, Kept> faults = bounded();

    SnsCertificates(AmazonReader amazon, Clock clock) {
        this.amazon = amazon;
        this.clock = clock;
    }

    private static Map<String, Kept> bounded() {
        return new LinkedHashMap<>(16, 0.75f, true) {
            @Override
            protected boolean removeEldestEntry(Map.Entry<String, Kept> eldest) {
                return size() > MAX_KEPT;
            }
        };
    }

    /** What is at the address of a certificate. */
    sealed interface Found {
        /** A certificate of Amazon SNS that is valid now. */
        record Valid(SnsCertificate certificate) implements Found {}

        /** The address is no address of Amazon SNS, or has no certificate of it. */
        record Refused(String reason) implements Found {}

        /**
         * Amazon cannot be reached now, or does not answer as it should.
         *
         * @param asked whether it was asked for this message, not for an earlier one
         */
        record Away(String reason, boolean asked) implements Found {}
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
        return Stream.of(certificates, faults)
                .flatMap(kept -> Stream.ofNullable(kept.get(url)))
                .filter(it -> now.isBefore(it.until()))
                .map(it -> checked(it.found(), now))
                .findFirst();
    }

    private Uni<Found> read(String url, AmazonAddress address) {
        return amazon.read(address)
                .map(pem -> SnsCertificate.of(pem, address.host())
                        .<Found>map(Found.Valid::new)
                        .orElseGet(() -> new Found.Refused("what is at SigningCertURL is no certificate of Amazon SNS")))
                .onFailure()
                .recoverWithItem(failure -> new Found.Away("SigningCertURL could not be read: " + failure.getMessage(), true))
                .invoke(found -> keep(url, found))
                .map(found -> checked(found, clock.instant()));
    }

    private synchronized void keep(String url, Found found) {
        var now = clock.instant();
        switch (found) {
            case Found.Valid _ -> certificates.put(url, new Kept(found, now.plus(KEPT)));
            case Found.Refused _ -> faults.put(url, new Kept(found, now.plus(KEPT_FAULT)));
            case Found.Away(var reason, _) -> faults.put(url, new Kept(new Found.Away(reason, false), now.plus(KEPT_FAULT)));
        }
    }

    private static Found checked(Found found, Instant now) {
        return found instanceof Found.Valid(var certificate) && !certificate.isValid(now)
                ? new Found.Refused("the certificate at SigningCertURL is not valid now")
                : found;
    }
}

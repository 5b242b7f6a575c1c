package io.weekly.access;

import io.quarkus.runtime.StartupEvent;
import io.quarkus.scheduler.Scheduled;
import io.smallrye.jwt.auth.principal.JWTAuthContextInfo;
import io.smallrye.jwt.auth.principal.ParseException;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import org.jboss.logging.Logger;
import org.jose4j.jwx.JsonWebStructure;
import org.jose4j.lang.JoseException;
import org.jspecify.annotations.Nullable;

/**
 * The public keys of the token issuer, read from its address at a fixed interval. Requests only look up keys in memory: a token never makes
 * the service call the issuer, so tokens with unknown keys cost the issuer nothing, and a request does not wait for it. While the issuer
 * is away, the known keys stay valid for {@code weekly.token-keys.max-age}.
 *
 * <p>The JWT library could read the keys too, but it reads them when a token needs them: one token with an unknown key would stop the
 * rotation for half an hour, and known keys would be refused while the issuer is away.
 */
@ApplicationScoped
class IssuerKeys {

    private static final Logger LOG = Logger.getLogger(IssuerKeys.class);
    private static final Duration MAX_RETRY_INTERVAL = Duration.ofSeconds(50);

    private final JWTAuthContextInfo settings;
    private final KeySetReader reader;
    private final TokenKeysConfig config;
    private final Clock clock;

    /** Before the first read has succeeded, each tick reads again. */
    private volatile Known known = new Known(null, Instant.MIN);
    private volatile Instant lastAttempt = Instant.MIN;
    private volatile boolean failing;

    IssuerKeys(JWTAuthContextInfo settings, KeySetReader reader, TokenKeysConfig config, Clock clock) {
        this.settings = settings;
        this.reader = reader;
        this.config = config;
        this.clock = clock;
    }

    /** @param readAt when the set was read for the last time */
    private record Known(@Nullable KeySet keys, Instant readAt) {}

    /** Whether the keys are at an http address. Otherwise they are in a file, which the JWT library reads once. */
    private boolean areRemote() {
        var location = settings.getPublicKeyLocation();
        return location != null && (location.startsWith("http:") || location.startsWith("https:"));
    }

    /** Reads the keys before the first request. If the issuer is away, the service starts nevertheless, but is not ready. */
    void start(@Observes StartupEvent event) {
        if (config.maxAge().compareTo(config.refreshInterval().multipliedBy(2)) < 0) {
            throw new IllegalArgumentException(
                    "weekly.token-keys.max-age must be at least twice weekly.token-keys.refresh-interval, so that a read may fail");
        }
        if (areRemote()) {
            refresh().await().atMost(config.timeout().plusSeconds(1));
        }
    }

    /** Reads the keys if it is time to. */
    @Scheduled(every = "5s", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    Uni<Void> tick() {
        var isDue = known.keys() == null || !clock.instant().isBefore(lastAttempt.plus(interval()));
        return areRemote() && isDue ? refresh() : Uni.createFrom().voidItem();
    }

    /** After a failed read, the next one does not wait for a long interval. */
    private Duration interval() {
        return failing && config.refreshInterval().compareTo(MAX_RETRY_INTERVAL) > 0 ? MAX_RETRY_INTERVAL : config.refreshInterval();
    }

    /** Never fails: the failure is logged, and the known keys stay. */
    private Uni<Void> refresh() {
        lastAttempt = clock.instant();
        return Uni.createFrom()
                .deferred(() -> reader.read(settings.getPublicKeyLocation()))
                .invoke(this::store)
                .invoke(this::logRecovery)
                .onFailure()
                .invoke(this::logFailure)
                .onFailure()
                .recoverWithNull()
                .replaceWithVoid();
    }

    /** Keeps the set if its text is the same, so that verified tokens stay in the cache. */
    private void store(String text) {
        var old = known.keys();
        try {
            known = new Known(old != null && old.isOf(text) ? old : KeySet.parse(text, settings), clock.instant());
        } catch (JoseException e) {
            throw new IllegalStateException("it answered something else than a set of public keys for signatures", e);
        }
    }

    private void logRecovery() {
        if (failing) {
            failing = false;
            LOG.info("the keys of the token issuer can be read again");
        }
    }

    /** Logs the first failure only, because each read of an outage fails for the same reason. */
    private void logFailure(Throwable failure) {
        if (failing) {
            return;
        }
        failing = true;
        LOG.errorf("the keys of the token issuer cannot be read from %s: %s. %s", settings.getPublicKeyLocation(), failure.getMessage(),
                known.keys() == null
                        ? "No request can be answered until they can be read"
                        : "The known keys stay valid until " + known.readAt().plus(config.maxAge()));
    }

    /**
     * The rules for this token, with the one key that may have signed it.
     *
     * @param context the rules for all tokens, which are complete if the keys are in a file
     * @throws KeysUnavailableException if the keys could not be read yet, or are too old
     * @throws ParseException if the issuer has no such key
     */
    JWTAuthContextInfo context(String token, JWTAuthContextInfo context) throws ParseException {
        if (!areRemote()) {
            return context;
        }
        var usable = usable();
        if (usable == null) {
            throw new KeysUnavailableException();
        }
        var header = header(token);
        return usable
                .find(header.keyId(), header.algorithm())
                .orElseThrow(() -> new ParseException("the token issuer has no key with the id of the token"));
    }

    /** The keys; null if they were never read, or are too old. */
    private @Nullable KeySet usable() {
        var last = known;
        return clock.instant().isAfter(last.readAt().plus(config.maxAge())) ? null : last.keys();
    }

    /** Whether tokens can be checked. */
    boolean areKnown() {
        return !areRemote() || usable() != null;
    }

    private record Header(@Nullable String keyId, String algorithm) {}

    private static Header header(String token) throws ParseException {
        try {
            var parsed = JsonWebStructure.fromCompactSerialization(token);
            return new Header(parsed.getKeyIdHeaderValue(), Objects.requireNonNullElse(parsed.getAlgorithmHeaderValue(), ""));
        } catch (JoseException | ClassCastException e) { // the library casts: a key id may be a number
            throw new ParseException("the header of the token cannot be read", e);
        }
    }
}

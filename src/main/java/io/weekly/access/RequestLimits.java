package io.weekly.access;

import io.quarkus.cache.Cache;
import io.quarkus.cache.CacheName;
import io.quarkus.cache.CaffeineCache;
import io.weekly.audit.Sha256;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/**
 * How many requests a caller may send to this process, and how many refused credentials an address. Each caller and each address has a
 * {@link TokenBucket}. The caches bound their number. A bucket that nobody used for ten minutes is dropped. With the default limits it is
 * full again by then.
 *
 * <p>A valid token is accepted whatever its address did before. Clients behind one proxy share an address, and one of them that keeps
 * sending an expired token must not lock out the others. The same holds for links: their MAC is checked in memory, so a genuine link opens.
 */
@ApplicationScoped
public class RequestLimits {

    private static final String CALLERS = "callers-requests";
    private static final String ADDRESSES = "addresses-failures";
    private static final double SECONDS_PER_MINUTE = 60;

    private final CaffeineCache callers;
    private final CaffeineCache addresses;
    private final LimitsConfig config;
    private final Clock clock;

    RequestLimits(@CacheName(CALLERS) Cache callers, @CacheName(ADDRESSES) Cache addresses, LimitsConfig config, Clock clock) {
        this.callers = callers.as(CaffeineCache.class);
        this.addresses = addresses.as(CaffeineCache.class);
        this.config = config;
        this.clock = clock;
    }

    /**
     * Counts a request with a verified token, of the platform or of a link. Empty if it is within the limit; else how long to wait.
     *
     * @param token as the client sent it. Only its hash is kept.
     */
    public Optional<Duration> request(String token) {
        return bucket(callers, Sha256.hex(token.getBytes(StandardCharsets.UTF_8)),
                () -> new TokenBucket(config.requestBurst(), config.requestsPerSecond(), clock.instant()))
                        .take(clock.instant());
    }

    /**
     * Counts a refused token of this client, of the platform or of a link. Both count together, because both are guesses. Empty if it is
     * within the limit; else how long to wait.
     */
    public Optional<Duration> failure(ClientAddress client) {
        return bucket(addresses, client.network(),
                () -> new TokenBucket(config.failureBurst(), config.failuresPerMinute() / SECONDS_PER_MINUTE, clock.instant()))
                        .take(clock.instant());
    }

    /** If two requests make the bucket at the same time, one of them is not counted. */
    private static TokenBucket bucket(CaffeineCache buckets, String key, Supplier<TokenBucket> fresh) {
        var known = buckets.<TokenBucket>getIfPresent(key);
        if (known != null) {
            return known.join();
        }
        var bucket = fresh.get();
        buckets.put(key, CompletableFuture.completedFuture(bucket));
        return bucket;
    }
}

package io.weekly.access;

import io.quarkus.cache.Cache;
import io.quarkus.cache.CacheName;
import io.quarkus.cache.CaffeineCache;
import io.smallrye.jwt.auth.principal.DefaultJWTCallerPrincipalFactory;
import io.smallrye.jwt.auth.principal.JWTAuthContextInfo;
import io.smallrye.jwt.auth.principal.JWTCallerPrincipal;
import io.smallrye.jwt.auth.principal.JWTCallerPrincipalFactory;
import io.smallrye.jwt.auth.principal.ParseException;
import io.weekly.audit.Sha256;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Alternative;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;

/**
 * Caches tokens with a verified signature for half a minute. A polling client sends the same token again, and verifying its signature would
 * be a third of the cost of a poll. A cached token is accepted until it expires, to the second. Refused tokens are not cached. If the
 * platform withdraws a key, tokens with its signature are accepted for at most half a minute more. The keys of the cache are hashes, so no
 * token can be read from it.
 */
@ApplicationScoped
@Alternative
@Priority(1)
class VerifiedTokens extends JWTCallerPrincipalFactory {

    private static final String CACHE = "known-tokens";

    private final JWTCallerPrincipalFactory verifier = new DefaultJWTCallerPrincipalFactory();
    private final CaffeineCache verifiedTokens;
    private final Clock clock;

    VerifiedTokens(@CacheName(CACHE) Cache verifiedTokens, Clock clock) {
        this.verifiedTokens = verifiedTokens.as(CaffeineCache.class);
        this.clock = clock;
    }

    /** A token is valid only for the keys and claims of its context. The program has one context. */
    private record Key(String hash, JWTAuthContextInfo context) {}

    @Override
    public JWTCallerPrincipal parse(String token, JWTAuthContextInfo context) throws ParseException {
        var key = new Key(Sha256.hex(token.getBytes(StandardCharsets.UTF_8)), context);
        var known = verifiedTokens.<JWTCallerPrincipal>getIfPresent(key);
        if (known != null && clock.instant().isBefore(Instant.ofEpochSecond(known.join().getExpirationTime()))) {
            return known.join();
        }
        var principal = verifier.parse(token, context);
        verifiedTokens.put(key, CompletableFuture.completedFuture(principal));
        return principal;
    }
}

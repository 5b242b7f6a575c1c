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
 * issuer withdraws a key, {@link IssuerKeys} refuses its tokens, whether they are cached or not. The keys of the cache are hashes, so no
 * token can be read from it.
 */
@ApplicationScoped
@Alternative
@Priority(1)
class VerifiedTokens extends JWTCallerPrincipalFactory {

    private static final String CACHE = "known-tokens";

    private final JWTCallerPrincipalFactory verifier = new DefaultJWTCallerPrincipalFactory();
    private final CaffeineCache verifiedTokens;
    private final IssuerKeys keys;
    private final Clock clock;

    VerifiedTokens(@CacheName(CACHE) Cache verifiedTokens, IssuerKeys keys, Clock clock) {
        this.verifiedTokens = verifiedTokens.as(CaffeineCache.class);
        this.keys = keys;
        this.clock = clock;
    }

    /** A token is valid only for the keys and claims of its context. There is one context for each key of the issuer. */
    private record Key(String hash, JWTAuthContextInfo context) {}

    @Override
    public JWTCallerPrincipal parse(String token, JWTAuthContextInfo settings) throws ParseException {
        var context = keys.context(token, settings);
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

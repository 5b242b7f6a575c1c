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
 * Tokens that were found genuine, remembered for some seconds: a client that polls shows the same one again, and the signature would be
 * a third of what its poll costs. A remembered token is taken until it expires to the second, so never longer than without this; one that
 * was refused is not remembered. A key that the platform withdraws ends its tokens these seconds later. Kept are hashes, not tokens to
 * find.
 */
@ApplicationScoped
@Alternative
@Priority(1)
class VerifiedTokens extends JWTCallerPrincipalFactory {

    private static final String CACHE = "known-tokens";

    private final JWTCallerPrincipalFactory verifier = new DefaultJWTCallerPrincipalFactory();
    private final CaffeineCache genuine;
    private final Clock clock;

    VerifiedTokens(@CacheName(CACHE) Cache genuine, Clock clock) {
        this.genuine = genuine.as(CaffeineCache.class);
        this.clock = clock;
    }

    /** Genuine for those keys and claims; there is one such context in the whole program. */
    private record Key(String hash, JWTAuthContextInfo context) {}

    @Override
    public JWTCallerPrincipal parse(String token, JWTAuthContextInfo context) throws ParseException {
        var key = new Key(Sha256.hex(token.getBytes(StandardCharsets.UTF_8)), context);
        var known = genuine.<JWTCallerPrincipal>getIfPresent(key);
        if (known != null && clock.instant().isBefore(Instant.ofEpochSecond(known.join().getExpirationTime()))) {
            return known.join();
        }
        var verified = verifier.parse(token, context);
        genuine.put(key, CompletableFuture.completedFuture(verified));
        return verified;
    }
}

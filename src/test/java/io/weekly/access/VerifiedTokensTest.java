package io.weekly.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quarkus.cache.Cache;
import io.quarkus.cache.CacheName;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.jwt.auth.principal.JWTAuthContextInfo;
import io.smallrye.jwt.auth.principal.ParseException;
import io.weekly.testing.TestServers;
import io.weekly.testing.TestTokens;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.util.UUID;
import org.jose4j.jwk.RsaJwkGenerator;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(TestServers.class)
class VerifiedTokensTest {

    @Inject
    @CacheName("known-tokens")
    Cache cache;

    @Inject
    JWTAuthContextInfo context;

    @Inject
    IssuerKeys keys;

    @Inject
    Clock clock;

    private final String token = TestTokens.viewer("acme", "u-" + UUID.randomUUID());

    @Test
    void aTokenIsVerifiedOnce() throws Exception {
        var tokens = new VerifiedTokens(cache, keys, clock);

        assertThat(tokens.parse(token, context)).isSameAs(tokens.parse(token, context));
        assertThat(tokens.parse(token, context).getName()).startsWith("u-");
    }

    @Test
    void anExpiredTokenIsNotTakenFromTheCache() throws Exception {
        var known = new VerifiedTokens(cache, keys, clock).parse(token, context);
        var lastSecond = Duration.ofSeconds(known.getExpirationTime() - 1 - clock.instant().getEpochSecond());

        assertThat(new VerifiedTokens(cache, keys, Clock.offset(clock, lastSecond)).parse(token, context)).isSameAs(known);
        assertThat(new VerifiedTokens(cache, keys, Clock.offset(clock, lastSecond.plusSeconds(1))).parse(token, context))
                .isNotSameAs(known);
    }

    @Test
    void aTokenVerifiedWithOneKeyIsRefusedWithAnother() throws Exception {
        var tokens = new VerifiedTokens(cache, keys, clock);
        tokens.parse(token, context);
        var other = new JWTAuthContextInfo(context);
        other.setPublicVerificationKey(RsaJwkGenerator.generateJwk(2048).getRsaPublicKey());

        assertThatThrownBy(() -> tokens.parse(token, other)).isInstanceOf(ParseException.class);
    }

    @Test
    void aTokenWithAnotherSignatureIsRefused() throws Exception {
        var tokens = new VerifiedTokens(cache, keys, clock);
        tokens.parse(token, context);
        var end = token.lastIndexOf('.') + 1;
        var forged = token.substring(0, end) + new StringBuilder(token.substring(end)).reverse();

        assertThatThrownBy(() -> tokens.parse(forged, context)).isInstanceOf(ParseException.class);
        assertThatThrownBy(() -> tokens.parse(forged, context)).as("again").isInstanceOf(ParseException.class);
    }
}

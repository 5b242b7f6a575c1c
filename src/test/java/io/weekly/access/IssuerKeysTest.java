package io.weekly.access;

import static io.weekly.testing.Issuer.key;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quarkus.runtime.StartupEvent;
import io.smallrye.jwt.auth.principal.DefaultJWTCallerPrincipalFactory;
import io.smallrye.jwt.auth.principal.JWTAuthContextInfo;
import io.smallrye.jwt.auth.principal.ParseException;
import io.smallrye.jwt.build.Jwt;
import io.smallrye.jwt.config.JWTAuthContextInfoProvider;
import io.vertx.mutiny.core.Vertx;
import io.weekly.testing.Issuer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Base64;
import org.jose4j.jwk.PublicJsonWebKey;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A real issuer over HTTP, and a clock that the test moves. Each tick is five seconds, as the timer's. */
class IssuerKeysTest {

    private static final PublicJsonWebKey OLD = key("old");
    private static final PublicJsonWebKey NEW = key("new");
    private static final PublicJsonWebKey FOREIGN = key("foreign");
    private static final Duration TICK = Duration.ofSeconds(5);

    private final Vertx vertx = Vertx.vertx();
    private final MovedClock clock = new MovedClock();
    private Issuer issuer;
    private JWTAuthContextInfo ofService;
    private IssuerKeys keys;

    @BeforeEach
    void start() throws IOException {
        issuer = new Issuer();
        issuer.publishes(OLD);
        startService();
    }

    private void startService() {
        var config = new KeysConfig(TICK);
        ofService = settings();
        keys = new IssuerKeys(ofService, new KeySetReader(vertx, ofService, config), config, clock);
        keys.start(new StartupEvent());
    }

    private JWTAuthContextInfo settings() {
        return JWTAuthContextInfoProvider.createWithKeyLocation(issuer.address(), Issuer.NAME).getContextInfo();
    }

    @AfterEach
    void stop() {
        issuer.close();
        vertx.closeAndAwait();
    }

    @Test
    void theKeysAreKnownFromTheStart() {
        assertThat(accepts(OLD)).isTrue();
        assertThat(accepts(FOREIGN)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 5, 7, 30, 49, 50, 54})
    void aRotationTakesEffectWithinAMinute(int secondsAfterARead) {
        clock.move(Duration.ofSeconds(secondsAfterARead));
        pass(Duration.ZERO);
        for (var i = 0; i < 20; i++) {
            accepts(FOREIGN);
        }
        issuer.publishes(NEW);

        pass(Duration.ofMinutes(1));

        assertThat(accepts(NEW)).isTrue();
        assertThat(accepts(OLD)).as("the withdrawn key").isFalse();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "503 | ''", "500 | <html>", "200 | ''", "200 | <html>", "200 | {\"keys\": []}", "200 | {}", "200 | []", "404 | {\"keys\": []}",
        "200 | {\"keys\": [{\"kty\": \"oct\", \"k\": \"AAAA\"}]}", "302 | ''"})
    void theKnownKeysSurviveAnOutageOfAnHour(int status, String answer) {
        issuer.answers(status, answer);

        pass(Duration.ofMinutes(65));

        assertThat(accepts(OLD)).isTrue();
        issuer.publishes(NEW);
        pass(Duration.ofMinutes(1));
        assertThat(accepts(NEW)).isTrue();
    }

    @Test
    void theKnownKeysSurviveAnIssuerThatCannotBeReached() {
        // Nobody listens there. Another process might take the port of an issuer that is closed.
        ofService.setPublicKeyLocation("http://127.0.0.1:1/keys");

        pass(Duration.ofMinutes(65));

        assertThat(accepts(OLD)).isTrue();
    }

    @Test
    void theKnownKeysDoNotSurviveForEver() {
        issuer.answers(503, "");

        pass(Duration.ofMinutes(121));

        assertThat(accepts(OLD)).isFalse();
        issuer.publishes(OLD);
        pass(Duration.ofMinutes(1));
        assertThat(accepts(OLD)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(ints = {200, 503})
    void tokensWithUnknownKeysCostTheIssuerNoRequest(int status) {
        if (status != 200) {
            issuer.answers(status, "");
        }
        var before = issuer.requests();

        for (var second = 0; second < 600; second += 5) {
            pass(TICK);
            assertThat(accepts(FOREIGN)).isFalse();
            accepts(OLD);
        }

        assertThat(issuer.requests() - before).as("requests in ten minutes").isEqualTo(12);
    }

    @Test
    void anIssuerThatIsAwayAtTheStartIsAskedAtEachTick() {
        issuer.answers(503, "");
        startService();
        assertThat(accepts(OLD)).isFalse();

        issuer.publishes(OLD);
        pass(TICK);

        assertThat(accepts(OLD)).isTrue();
    }

    @Test
    void aTokenWithoutAKeyIdIsCheckedWithTheOnlyKey() {
        var token = Jwt.issuer(Issuer.NAME).subject("u-1").expiresIn(3600).sign(OLD.getPrivateKey());

        assertThat(accepts(token)).isTrue();
        issuer.publishes(OLD, NEW);
        pass(Duration.ofMinutes(1));
        assertThat(accepts(token)).as("of two keys").isFalse();
    }

    @Test
    void aTokenThatNamesTheKeyOfAnotherIsRefused() {
        issuer.publishes(OLD, NEW);
        pass(Duration.ofMinutes(1));

        assertThat(accepts(Jwt.issuer(Issuer.NAME).subject("u-1").expiresIn(3600).jws().keyId("old").sign(NEW.getPrivateKey()))).isFalse();
        assertThat(accepts(Jwt.issuer(Issuer.NAME).subject("u-1").expiresIn(3600).jws().keyId("old")
                .signWithSecret("a secret of more than thirty-two bytes"))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "{}", "{\"alg\": \"RS256\", \"kid\": 5}", "{\"alg\": 5}", "{\"alg\": \"none\", \"kid\": \"old\"}", "[]", "nonsense", "",
        "{\"alg\": \"RS256\", \"kid\": null}", "{\"alg\": \"RS256\", \"kid\": [\"old\"]}"})
    void aTokenWithAStrangeHeaderIsRefused(String header) {
        var token = "%s.e30.AAAA".formatted(
                Base64.getUrlEncoder().withoutPadding().encodeToString(header.getBytes(StandardCharsets.UTF_8)));

        assertThatThrownBy(() -> principal(token)).isInstanceOf(ParseException.class);
    }

    /** Time passes, and the timer ticks every five seconds. */
    private void pass(Duration time) {
        for (var passed = Duration.ZERO; passed.compareTo(time) < 0; passed = passed.plus(TICK)) {
            clock.move(TICK);
            keys.tick().await().atMost(Duration.ofSeconds(20));
        }
    }

    private boolean accepts(PublicJsonWebKey key) {
        return accepts(Issuer.token(key, "u-1"));
    }

    private boolean accepts(String token) {
        try {
            principal(token);
            return true;
        } catch (ParseException e) {
            return false;
        }
    }

    private void principal(String token) throws ParseException {
        new DefaultJWTCallerPrincipalFactory().parse(token, keys.context(token, settings()));
    }

    private static final class MovedClock extends Clock {

        private Instant now = Instant.now();

        void move(Duration time) {
            now = now.plus(time);
        }

        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }
}

package io.weekly.access;

import static io.restassured.RestAssured.given;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.hasItem;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.jwt.build.Jwt;
import io.weekly.dev.DevKeys;
import io.weekly.testing.Issuer;
import io.weekly.testing.TestServers;
import java.time.Duration;
import java.util.Set;
import org.jose4j.jwk.PublicJsonWebKey;
import org.junit.jupiter.api.Test;

/** The application reads its keys from an issuer over HTTP, which was away when the application started. */
@QuarkusTest
@QuarkusTestResource(TestServers.class)
@QuarkusTestResource(value = IssuerServer.class, restrictToAnnotatedClass = true)
class IssuerKeysRotationTest {

    private static final Duration ONE_MINUTE = Duration.ofMinutes(1);

    @Test
    void theApplicationFollowsTheKeysOfItsIssuer() {
        var first = Issuer.key("first");
        var second = Issuer.key("second");
        answers(first, 503);
        isReady(503);

        publish(Issuer.keySet(first));
        await().atMost(ONE_MINUTE).untilAsserted(() -> answers(first, 200));
        isReady(200);
        answers(second, 401);

        publish(Issuer.keySet(second));
        await().atMost(ONE_MINUTE).untilAsserted(() -> answers(second, 200));
        answers(first, 401);

        publish("");
        await().during(Duration.ofSeconds(12)).atMost(ONE_MINUTE).untilAsserted(() -> answers(second, 200));
        answers(first, 401);
    }

    private static void publish(String keys) {
        given().body(keys).put(System.getProperty(IssuerServer.ADDRESS)).then().statusCode(204);
    }

    private static void isReady(int status) {
        given().get("/q/health/ready").then().statusCode(status).body("checks.name", hasItem("token-keys"));
    }

    private static void answers(PublicJsonWebKey key, int status) {
        var token = Jwt.issuer(DevKeys.ISSUER).audience(DevKeys.AUDIENCE).subject("operator").groups(Set.of("operator")).expiresIn(3600)
                .jws()
                .keyId(key.getKeyId())
                .sign(key.getPrivateKey());
        given().auth().oauth2(token).get("/api/v1/tenants").then().statusCode(status);
    }
}

package io.weekly.access;

import static io.weekly.testing.Api.TENANTS;
import static io.weekly.testing.Api.anonymous;
import static io.weekly.testing.Api.as;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.matchesPattern;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.Response;
import io.weekly.testing.HandDriven;
import io.weekly.testing.TestServers;
import io.weekly.testing.TestTokens;
import jakarta.inject.Inject;
import java.net.InetAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** The tests use up a limit in memory and then send one request. The clients are told apart as a trusted proxy names them. */
@QuarkusTest
@QuarkusTestResource(TestServers.class)
@TestProfile(HandDriven.class)
class RequestLimitsTest {

    private static final String CLIENT = "X-Forwarded-For";
    private static final String PROBLEM = "application/problem+json";

    @TestHTTPResource("/")
    URI server;

    @Inject
    RequestLimits limits;

    @Test
    void aTokenWithTooManyRequestsIsToldWhenToComeBack() {
        var token = operator();
        as(token).get(TENANTS).then().statusCode(200);

        // One more request a second is allowed.
        var answer = await().until(() -> {
            while (limits.request(token).isEmpty()) {
                // Takes what is left.
            }
            return as(token).get(TENANTS);
        }, it -> it.statusCode() == 429);

        answer.then().contentType(PROBLEM).header("Retry-After", equalTo("1"))
                .body("status", equalTo(429)).body("title", equalTo("Too Many Requests")).body("detail", containsString("This token"));
        as(operator()).get(TENANTS).then().statusCode(200);
    }

    @Test
    void anAddressWithTooManyRefusedTokensIsToldWhenToComeBack() {
        refused("203.0.113.1", "x.y.z").then().statusCode(401);

        useUp("203.0.113.1");

        refused("203.0.113.1", "x.y.z").then().statusCode(429).contentType(PROBLEM).header("Retry-After", matchesPattern("[1-9][0-9]*"))
                .body("detail", containsString("address"));
        refused("203.0.113.1", TestTokens.expired("acme", "u-1")).then().statusCode(429);
        refused("203.0.113.2", "x.y.z").then().statusCode(401);
    }

    @Test
    void aValidTokenIsAcceptedFromAnyAddress() {
        useUp("203.0.113.3");

        as(operator()).header(CLIENT, "203.0.113.3").get(TENANTS).then().statusCode(200);
        anonymous().header(CLIENT, "203.0.113.3").get(TENANTS).then().statusCode(401);
    }

    @Test
    void aClientThatIsNoTrustedProxyCannotNameAnotherAddress() throws Exception {
        useUp("127.0.0.2");

        try (var client = HttpClient.newBuilder().localAddress(InetAddress.getByName("127.0.0.2")).build()) {
            var request = HttpRequest.newBuilder(server.resolve(TENANTS))
                    .header(CLIENT, "203.0.113.4")
                    .header("Authorization", "Bearer x.y.z");

            assertThat(client.send(request.build(), BodyHandlers.ofString()).statusCode()).isEqualTo(429);
        }
        refused("203.0.113.4", "x.y.z").then().statusCode(401);
    }

    /** A token that no other test has. */
    private static String operator() {
        return TestTokens.of("operator-" + UUID.randomUUID(), Optional.empty(), "operator");
    }

    private static Response refused(String client, String token) {
        return as(token).header(CLIENT, client).get(TENANTS);
    }

    private void useUp(String client) {
        var address = new ClientAddress(client);
        while (limits.failure(address).isEmpty()) {
            // Takes what is left.
        }
    }
}

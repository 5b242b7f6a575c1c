package io.weekly.api.http;

import static io.weekly.testing.Api.anonymous;
import static io.weekly.testing.Api.asOperator;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.containsStringIgnoringCase;
import static org.hamcrest.Matchers.nullValue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.weekly.testing.HandDriven;
import io.weekly.testing.TestServers;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(TestServers.class)
@TestProfile(HandDriven.class)
class CrossOriginTest {

    private static final String REPORTS = "/api/v1/reports";
    private static final String FRONTEND = HandDriven.FRONTEND;

    @Test
    void aPreflightRequestOfTheFrontendNeedsNoToken() {
        var answer = anonymous()
                .header("Origin", FRONTEND)
                .header("Access-Control-Request-Method", "POST")
                .header("Access-Control-Request-Headers", "authorization,content-type,if-none-match,range,if-range,idempotency-key,accept")
                .options(REPORTS).then()
                .statusCode(200)
                .header("Access-Control-Allow-Origin", FRONTEND)
                .header("Access-Control-Allow-Methods", containsString("POST"));
        for (var name : new String[] {"authorization", "content-type", "if-none-match", "range", "if-range", "idempotency-key", "accept"}) {
            answer.header("Access-Control-Allow-Headers", containsStringIgnoringCase(name));
        }
    }

    @Test
    void theFrontendMayReadTheHeadersThatItNeeds() {
        var answer = asOperator().header("Origin", FRONTEND).get(REPORTS).then()
                .statusCode(200)
                .header("Access-Control-Allow-Origin", FRONTEND);
        for (var name : new String[] {"ETag", "Location", "Retry-After", "Content-Range", "Content-Disposition", "Idempotency-Replayed"}) {
            answer.header("Access-Control-Expose-Headers", containsStringIgnoringCase(name));
        }
    }

    @Test
    void anotherOriginIsRefused() {
        anonymous().header("Origin", "https://evil.example.com").header("Access-Control-Request-Method", "GET").options(REPORTS).then()
                .statusCode(403).header("Access-Control-Allow-Origin", nullValue());
    }

    @Test
    void requestsWithoutAnOriginAreNotAffected() {
        asOperator().get(REPORTS).then().statusCode(200).header("Access-Control-Allow-Origin", nullValue());
        anonymous().options(REPORTS).then().statusCode(204).header("Allow", containsString("POST"));
    }
}

package io.weekly.api.http;

import static io.weekly.testing.Api.anonymous;
import static io.weekly.testing.Api.asOperator;
import static org.hamcrest.Matchers.nullValue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.weekly.testing.TestServers;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(TestServers.class)
class CrossOriginDisabledTest {

    private static final String REPORTS = "/api/v1/reports";

    @Test
    void withoutConfigurationAnotherOriginGetsNoCorsHeaders() {
        anonymous().header("Origin", "https://app.example.com").header("Access-Control-Request-Method", "GET").options(REPORTS).then()
                .statusCode(204).header("Access-Control-Allow-Origin", nullValue());
        asOperator().header("Origin", "https://app.example.com").get(REPORTS).then()
                .statusCode(200).header("Access-Control-Allow-Origin", nullValue());
    }
}

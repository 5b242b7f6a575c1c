package io.weekly.api.http;

import static io.weekly.testing.Api.TENANTS;
import static io.weekly.testing.Api.as;
import static io.weekly.testing.Api.newRecipient;
import static io.weekly.testing.Api.newTenant;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.http.Method;
import io.weekly.testing.TestServers;
import io.weekly.testing.TestTokens;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The order of the checks. {@code IsolationMatrixTest} checks which callers each operation refuses. */
@QuarkusTest
@QuarkusTestResource(TestServers.class)
class RoleFiltersTest {

    @ParameterizedTest
    @CsvSource({"POST, /recipients", "PUT, /recipients/u-1", "POST, /schedules", "PUT, ''"})
    void aCallerIsRefusedBeforeTheBodyIsRead(Method verb, String path) {
        var slug = newTenant();
        newRecipient(slug, "u-1");

        assertRefused("nonsense", verb, slug + path, 401);
        assertRefused(TestTokens.expired(slug, "u-1"), verb, slug + path, 401);
        assertRefused(TestTokens.of("u-1", Optional.of(slug)), verb, slug + path, 403);
        assertRefused(TestTokens.viewer(slug, "u-1"), verb, slug + path, 403);
        assertRefused(TestTokens.tenantAdmin(newTenant(), "u-1"), verb, slug + path, 404);
        assertRefused(TestTokens.auditor(), verb, slug + path, 403);
        assertRefused(TestTokens.operator(), verb, slug + path, 400);
    }

    /** The body is no JSON, which is a 400 for callers that may send one. */
    private static void assertRefused(String token, Method verb, String path, int status) {
        var answer = as(token).contentType(ContentType.JSON).body("{nonsense").request(verb, TENANTS + "/" + path).then()
                .statusCode(status).contentType(Problem.MEDIA_TYPE).body("status", equalTo(status)).body("type", equalTo("about:blank"));
        assertThat(answer.extract().asString()).contains("title", "detail", "instance").doesNotContain("io.weekly");
    }

    @Test
    void ofSeveralRolesTheHighestCounts() {
        var slug = newTenant();
        var token = TestTokens.of("u-1", Optional.of(slug), "viewer", "something-else", "tenant-admin");

        as(token).get(TENANTS + "/" + slug + "/recipients").then().statusCode(200);
    }
}

package io.weekly.api.http;

import static io.weekly.testing.Api.TENANTS;
import static io.weekly.testing.Api.anonymous;
import static io.weekly.testing.Api.as;
import static io.weekly.testing.Api.asAdmin;
import static io.weekly.testing.Api.asOperator;
import static io.weekly.testing.Api.newRecipient;
import static io.weekly.testing.Api.newTenant;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.http.Method;
import io.restassured.response.ValidatableResponse;
import io.weekly.testing.TestServers;
import io.weekly.testing.TestTokens;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@QuarkusTest
@QuarkusTestResource(TestServers.class)
class RoleFiltersTest {

    private static final String OF_ADMINS =
            """
            GET, /recipients
            POST, /recipients
            GET, /recipients/u-1
            PUT, /recipients/u-1
            DELETE, /recipients/u-1
            GET, /schedules
            POST, /schedules
            GET, /schedules/019ab0000000700080000000000000aa
            PUT, /schedules/019ab0000000700080000000000000aa
            DELETE, /schedules/019ab0000000700080000000000000aa""";

    private static final String OF_OPERATORS =
            """
            GET,
            PUT,
            DELETE,""";

    @ParameterizedTest
    @CsvSource(textBlock = OF_ADMINS, nullValues = "-")
    void resourcesOfAnotherTenantAreNotFoundForEachMethod(Method verb, String path) {
        var mine = newTenant();
        var theirs = newTenant();
        newRecipient(theirs, "u-1");

        for (var token : new String[] {TestTokens.tenantAdmin(mine, "admin"), TestTokens.viewer(mine, "u-1")}) {
            problem(call(token, verb, theirs, path), 404);
            problem(call(token, verb, "no-such-tenant", path), 404);
        }
        asOperator().get(TENANTS + "/" + theirs + "/recipients/u-1").then().statusCode(200).body("active", equalTo(true));
    }

    @ParameterizedTest
    @CsvSource(textBlock = OF_ADMINS)
    void aViewerMayNotCallWhatIsForAdministrators(Method verb, String path) {
        var slug = newTenant();
        newRecipient(slug, "u-1");

        problem(call(TestTokens.viewer(slug, "u-1"), verb, slug, path), 403);
    }

    @ParameterizedTest
    @CsvSource(textBlock = OF_OPERATORS)
    void aTenantIsForOperatorsAloneToReadAndChange(Method verb) {
        var mine = newTenant();
        var theirs = newTenant();

        problem(call(TestTokens.tenantAdmin(mine, "admin"), verb, mine, ""), 403);
        problem(call(TestTokens.tenantAdmin(mine, "admin"), verb, theirs, ""), 404);
        asOperator().get(TENANTS + "/" + mine).then().statusCode(200);
    }

    @Test
    void theListOfTenantsIsForOperatorsAlone() {
        var slug = newTenant();

        problem(asAdmin(slug).get(TENANTS).then(), 403);
        problem(asAdmin(slug).contentType(ContentType.JSON).body("{}").post(TENANTS).then(), 403);
    }

    @ParameterizedTest
    @CsvSource(textBlock = OF_ADMINS)
    void withoutAValidTokenEveryRequestIs401(Method verb, String path) {
        var slug = newTenant();

        for (var call : new ValidatableResponse[] {
            anonymous().contentType(ContentType.JSON).body("{nonsense").request(verb, TENANTS + "/" + slug + path).then(),
            call("nonsense", verb, slug, path),
            call(TestTokens.expired(slug, "u-1"), verb, slug, path)
        }) {
            problem(call, 401).header("WWW-Authenticate", equalTo("Bearer"));
        }
    }

    @Test
    void aTokenWithoutRoleOrTenantIsForbidden() {
        var slug = newTenant();

        problem(as(TestTokens.of("u-1", Optional.of(slug))).get(TENANTS + "/" + slug + "/recipients").then(), 403);
        problem(as(TestTokens.of("u-1", Optional.of(slug), "root")).get(TENANTS + "/" + slug + "/recipients").then(), 403);
        problem(as(TestTokens.of("u-1", Optional.empty(), "tenant-admin")).get(TENANTS + "/" + slug + "/recipients").then(), 403);
    }

    @Test
    void ofSeveralRolesTheHighestCounts() {
        var slug = newTenant();
        var token = TestTokens.of("u-1", Optional.of(slug), "viewer", "something-else", "tenant-admin");

        as(token).get(TENANTS + "/" + slug + "/recipients").then().statusCode(200);
    }

    @Test
    void aTokenOfARemovedTenantHasNoEffect() {
        var slug = newTenant();
        asOperator().delete(TENANTS + "/" + slug).then().statusCode(204);

        problem(asAdmin(slug).get(TENANTS + "/" + slug + "/recipients").then(), 404);
    }

    private static ValidatableResponse call(String token, Method verb, String slug, String path) {
        return as(token).contentType(ContentType.JSON).body("{nonsense").request(verb, TENANTS + "/" + slug + path).then();
    }

    private static ValidatableResponse problem(ValidatableResponse answer, int status) {
        answer.statusCode(status).contentType(Problem.MEDIA_TYPE).body("status", equalTo(status)).body("type", equalTo("about:blank"));
        assertThat(answer.extract().asString()).contains("title", "detail", "instance").doesNotContain("io.weekly");
        return answer;
    }
}

package io.weekly.access;

import static io.weekly.testing.Api.TENANTS;
import static io.weekly.testing.Api.as;
import static io.weekly.testing.Api.newRecipient;
import static io.weekly.testing.Api.newTenant;
import static org.hamcrest.Matchers.containsString;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.weekly.testing.TestServers;
import io.weekly.testing.TestTokens;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a token has to say, in one operation. {@code IsolationMatrixTest} checks all operations with one token of each kind. */
@QuarkusTest
@QuarkusTestResource(TestServers.class)
class CallersTest {

    private static final String REPORTS = "/api/v1/reports";

    @ParameterizedTest
    @ValueSource(strings = {
        "u-17 ", " u-17", "u-17\u00a0", "u-17\u3000", "u-17\u200b", "\ufeffu-17", "u-17\t", "u-17\n", "u\u0000-17", " "})
    void aTokenWhoseUserHasBlanksAtItsEndsIsRefused(String user) {
        var slug = newTenant();
        newRecipient(slug, "u-17");

        as(TestTokens.viewer(slug, user)).get(REPORTS).then().statusCode(403).body("detail", containsString("sub"));
        as(TestTokens.tenantAdmin(slug, user)).get(REPORTS).then().statusCode(403).body("detail", containsString("sub"));
        as(TestTokens.of(user, Optional.empty(), "operator")).get(REPORTS).then().statusCode(403).body("detail", containsString("sub"));
        as(TestTokens.viewer(slug, "u-17")).get(REPORTS).then().statusCode(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"%s ", " %s", "%s  ", "%s\u00a0", "%s\u3000", "%s\u200b", "\ufeff%s", "%s\t", " "})
    void aTokenWhoseTenantHasBlanksAtItsEndsIsRefused(String tenant) {
        var slug = newTenant();

        for (var role : new String[] {"viewer", "tenant-admin"}) {
            as(TestTokens.of("u-17", Optional.of(tenant.formatted(slug)), role)).get(REPORTS).then()
                    .statusCode(403).body("detail", containsString("tenant_id"));
        }
    }

    @Test
    void aTokenWithTheSlugInAnotherCaseIsOfNoTenant() {
        var slug = newTenant();

        as(TestTokens.tenantAdmin("T" + slug.substring(1), "u-17")).get(REPORTS).then().statusCode(404);
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "operator", "auditor", "operator,viewer", "auditor,tenant-admin", "operator,auditor", "viewer,tenant-admin,operator"})
    void aTokenWithARoleForEveryTenantAndATenantIsRefused(String roles) {
        var slug = newTenant();

        for (var tenant : new String[] {slug, "no-such-tenant", "", " "}) {
            var token = TestTokens.of("u-17", Optional.of(tenant), roles.split(","));
            as(token).get(REPORTS).then().statusCode(403).body("detail", containsString("tenant_id"));
        }
        as(TestTokens.of("u-17", Optional.empty(), roles.split(","))).get(TENANTS).then().statusCode(200);
    }
}

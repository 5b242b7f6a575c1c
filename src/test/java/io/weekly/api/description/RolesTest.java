package io.weekly.api.description;

import static io.weekly.testing.Api.as;
import static io.weekly.testing.Api.newRecipient;
import static io.weekly.testing.Api.newTenant;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.http.ContentType;
import io.weekly.testing.ApiDocument;
import io.weekly.testing.ApiDocument.Operation;
import io.weekly.testing.HandDriven;
import io.weekly.testing.TestServers;
import io.weekly.testing.TestTokens;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** The roles that the description names for an operation are those that the service accepts. */
@QuarkusTest
@QuarkusTestResource(TestServers.class)
@TestProfile(HandDriven.class)
class RolesTest {

    private static final String NOWHERE = "00000000000000000000000000000000";

    @Test
    void rolesThatTheDescriptionDoesNotNameAreForbidden() {
        var tenant = newTenant();
        newRecipient(tenant, "u-1");
        var tokens = tokens(tenant);
        // A report of the viewer: for others the response is 404.
        String report = as(tokens.get("viewer")).contentType(ContentType.JSON).body(Map.of("definition", "weekly-business"))
                .post("/api/v1/reports").then().statusCode(202).extract().path("id");

        var wrong = new ArrayList<String>();
        for (var operation : withRoles()) {
            for (var role : tokens.keySet()) {
                // An operator could remove something of an existing tenant.
                var slug = role.equals("operator") ? "no-such-tenant" : tenant;
                var status = status(operation, tokens.get(role), path(operation, slug, report));
                if ((status == 403) == roles(operation).contains(role)) {
                    wrong.add("%s says %s and answered a %s with %d".formatted(operation, roles(operation), role, status));
                }
            }
        }

        assertThat(wrong).isEmpty();
    }

    @Test
    void anAuditorReadsWhatAnOperatorReadsAndChangesNothing() {
        var tenant = newTenant();
        newRecipient(tenant, "u-1");
        String report = as(TestTokens.viewer(tenant, "u-1")).contentType(ContentType.JSON).body(Map.of("definition", "weekly-business"))
                .post("/api/v1/reports").then().statusCode(202).extract().path("id");

        for (var operation : withRoles()) {
            var path = path(operation, tenant, report).replace("/nothing", "/u-1");
            if (operation.method().equals("get") && !operation.path().endsWith("/queue")) {
                var operators = as(TestTokens.operator()).get(path);
                var auditors = as(TestTokens.auditor()).get(path);
                assertThat(auditors.statusCode()).as(path).isEqualTo(operators.statusCode());
                assertThat(auditors.asString()).as(path).isEqualTo(operators.asString());
            } else if (!operation.method().equals("get")) {
                assertThat(status(operation, TestTokens.auditor(), path)).as("%s %s", operation, path).isEqualTo(403);
            }
        }
        as(TestTokens.operator()).get("/api/v1/tenants/" + tenant + "/recipients/u-1").then().body("active", equalTo(true));
        as(TestTokens.operator()).get("/api/v1/reports/" + report).then().body("status", equalTo("queued"));
        as(TestTokens.auditor()).get("/api/v1/queue").then().statusCode(200);
    }

    @Test
    void eachOperationDescribesItsRolesInWords() {
        Function<String, Operation> named = id -> ApiDocument.get().operations().stream()
                .filter(it -> it.json().get("operationId").asText().equals(id))
                .findFirst()
                .orElseThrow();

        for (var verb : List.of("cancelReport", "retryReport", "deliverReport", "startRuns")) {
            assertThat(roles(named.apply(verb))).as(verb).containsExactly("tenant-admin", "operator");
            assertThat(named.apply(verb).json().get("description").asText()).endsWith("For tenant-admins and operators.");
        }
        assertThat(roles(named.apply("getQueue"))).containsExactly("operator", "auditor");
        assertThat(named.apply("getQueue").json().get("description").asText()).endsWith("For operators and auditors.");
        assertThat(named.apply("createTenant").json().get("description").asText()).endsWith("For operators.");
        assertThat(roles(named.apply("getReport"))).containsExactly("viewer", "tenant-admin", "operator", "auditor");
    }

    private static Map<String, String> tokens(String tenant) {
        return Map.of(
                "viewer", TestTokens.viewer(tenant, "u-1"),
                "tenant-admin", TestTokens.tenantAdmin(tenant, "admin"),
                "operator", TestTokens.operator(),
                "auditor", TestTokens.auditor());
    }

    /** A link needs no token of the platform. */
    private static List<Operation> withRoles() {
        return ApiDocument.get().operations().stream().filter(operation -> operation.path().startsWith("/api/v1/")).toList();
    }

    private static List<String> roles(Operation operation) {
        return operation.json().get("security").findValues("token").stream().map(it -> it.get(0).asText()).toList();
    }

    private static String path(Operation operation, String slug, String report) {
        return operation.path()
                .replace("{slug}", slug)
                .replace("/reports/{id}", "/reports/" + report)
                .replace("{id}", NOWHERE)
                .replace("{format}", "pdf")
                .replace("{lane}", "none")
                .replaceAll("\\{.*}", "nothing");
    }

    private static int status(Operation operation, String token, String path) {
        var type = operation.json().at("/requestBody/content").propertyStream().map(Map.Entry::getKey).findFirst();
        var request = type.map(it -> as(token).contentType(it)).orElseGet(() -> as(token));
        return request.request(operation.method().toUpperCase(Locale.ROOT), path).statusCode();
    }
}

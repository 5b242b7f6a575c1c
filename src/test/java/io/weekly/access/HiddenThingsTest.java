package io.weekly.access;

import static io.weekly.testing.Api.as;
import static io.weekly.testing.Api.asAdmin;
import static io.weekly.testing.Api.asOperator;
import static io.weekly.testing.World.get;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.hasSize;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.weekly.testing.HandDriven;
import io.weekly.testing.TestServers;
import io.weekly.testing.TestTokens;
import io.weekly.testing.World;
import jakarta.inject.Inject;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(TestServers.class)
@TestProfile(HandDriven.class)
class HiddenThingsTest {

    @Inject
    World world;

    @Inject
    HiddenThings hidden;

    @Inject
    RefusedAccess refused;

    @Test
    void a404ForSomethingThatExistsElsewhereIsARefusal() {
        var tenant = world.tenant();
        var other = world.tenant();
        world.recipients(tenant, 1, "ann");
        var colleagues = world.reportWithoutJob(tenant);
        var foreign = world.reportWithoutJob(other);
        var nowhere = "/api/v1/reports/" + "0".repeat(32);
        get(hidden.find());

        as(TestTokens.viewer(tenant.slug(), "u-ann-0")).get("/api/v1/reports/" + colleagues).then().statusCode(404);
        // However the path is written.
        asAdmin(tenant.slug()).urlEncodingEnabled(false).get("/q/..//api/v1/%72eports/" + foreign + "/files/pdf").then().statusCode(404);
        // These are nobody else's.
        asAdmin(tenant.slug()).get(nowhere).then().statusCode(404);
        asAdmin(tenant.slug()).get("/api/v1/reports/" + colleagues + "/files/xlsx").then().statusCode(404);
        asOperator().get(nowhere).then().statusCode(404);
        get(hidden.find());
        get(refused.write());

        asAdmin(tenant.slug()).get("/api/v1/audit?action=access.refused").then()
                .body("items.detail.reason", contains("not-visible", "not-visible"),
                        "items.actor", contains("user:admin", "user:u-ann-0"),
                        "items.subject", contains("GET /api/v1/reports/{id}/files/{format}", "GET /api/v1/reports/{id}"));
        asAdmin(other.slug()).get("/api/v1/audit?action=access.refused").then().body("items", hasSize(0));
    }

    /** Users of two tenants can have the same id. */
    @Test
    void aFloodOfOneCallerDoesNotHideWhatTheSameUserIdOfAnotherTenantAsksFor() {
        var flooding = world.tenant();
        var asking = world.tenant();
        var foreign = world.reportWithoutJob(flooding);
        get(hidden.find());
        for (var i = 0; i < 2 * HiddenThings.MAX_OF_CALLER; i++) {
            asAdmin(flooding.slug()).get("/api/v1/reports/" + "0".repeat(32)).then().statusCode(404);
        }
        asAdmin(asking.slug()).get("/api/v1/reports/" + foreign).then().statusCode(404);
        get(hidden.find());
        get(refused.write());

        asAdmin(asking.slug()).get("/api/v1/audit?action=access.refused").then()
                .body("items.detail.reason", contains("not-visible"));
    }
}

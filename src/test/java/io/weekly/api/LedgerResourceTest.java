package io.weekly.api;

import static io.weekly.testing.Api.TENANTS;
import static io.weekly.testing.Api.asAdmin;
import static io.weekly.testing.Api.newRecipient;
import static io.weekly.testing.Api.newTenant;
import static io.weekly.testing.TestReports.startedRun;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.matchesPattern;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.http.ContentType;
import io.weekly.testing.HandDriven;
import io.weekly.testing.TestServers;
import java.util.Map;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(TestServers.class)
@TestProfile(HandDriven.class)
class LedgerResourceTest {

    private static final String RUNS = "/api/v1/runs";

    @Test
    void theLedgerHasALineForEachRecipient() {
        var slug = newTenant();
        newRecipient(slug, "u-1");
        recipient(slug, "=cmd|' /C calc'!A0");
        recipient(slug, "with \"quotes\", and comma");
        var run = startedRun(slug);

        var csv = asAdmin(slug).get(RUNS + "/" + run + "/ledger?format=csv").then()
                .statusCode(200)
                .contentType("text/csv")
                .header("Content-Disposition", matchesPattern("attachment; filename=\"ledger-[0-9a-f]{32}\\.csv\""))
                .extract().asString();

        assertThat(csv.lines().findFirst()).contains(
                "recipient,report,status,generatedAt,deliveredAt,to,messageId,outcome,attempts,unknownBefore,detail");
        assertThat(csv.lines().skip(1).map(line -> line.replaceAll("[0-9a-f]{32}", "id"))).containsExactlyInAnyOrder(
                "u-1,id,open,,,,,,0,false,", "'=cmd|' /C calc'!A0,id,open,,,,,,0,false,",
                "\"with \"\"quotes\"\", and comma\",id,open,,,,,,0,false,");
    }

    private static void recipient(String slug, String userId) {
        asAdmin(slug).contentType(ContentType.JSON).body(Map.of("userId", userId, "name", "Ann", "email", "ann@acme.test"))
                .post(TENANTS + "/" + slug + "/recipients").then().statusCode(201);
    }
}

package io.weekly.ops;

import static io.restassured.RestAssured.get;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.weekly.testing.TestServers;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(TestServers.class)
class DatabaseReadyTest {

    @Test
    void aReadyProcessHasConnectionsThatAreReadCommittedAndUtc() {
        get("/q/health/ready").then()
                .statusCode(200)
                .body("status", equalTo("UP"))
                .body("checks.find { it.name == 'database' }.data.isolation", equalTo("READ-COMMITTED"))
                .body("checks.find { it.name == 'database' }.data.timeZone", equalTo("+00:00"))
                .body("checks.name", hasItem("database"));
    }
}

package io.weekly.ops;

import static io.restassured.RestAssured.get;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.weekly.testing.TestServers;
import java.util.Map;
import org.eclipse.microprofile.health.HealthCheckResponse.Status;
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

    @Test
    void aConnectionWhoseSetupFailedIsNotReady() {
        var mariaDb = Map.of("tx_isolation", "REPEATABLE-READ", "time_zone", "+00:00");
        var mySql = Map.of("transaction_isolation", "READ-COMMITTED", "time_zone", "SYSTEM");

        assertThat(DatabaseReady.judge(mariaDb).getStatus()).isEqualTo(Status.DOWN);
        assertThat(DatabaseReady.judge(mySql).getStatus()).isEqualTo(Status.DOWN);
        assertThat(DatabaseReady.judge(Map.of()).getStatus()).isEqualTo(Status.DOWN);
    }
}

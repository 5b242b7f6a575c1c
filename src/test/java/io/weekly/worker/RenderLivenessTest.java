package io.weekly.worker;

import static io.restassured.RestAssured.get;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.greaterThan;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.weekly.testing.HandDriven;
import io.weekly.testing.TestServers;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(TestServers.class)
@TestProfile(HandDriven.class)
class RenderLivenessTest {

    @Test
    void aLiveProcessSaysHowManyRenderThreadsItHasAndHowManyAreAbandoned() {
        get("/q/health/live").then()
                .statusCode(200)
                .body("checks.find { it.name == 'render' }.status", equalTo("UP"))
                .body("checks.find { it.name == 'render' }.data.threads", greaterThan(0))
                .body("checks.find { it.name == 'render' }.data.abandoned", equalTo(0));
    }
}

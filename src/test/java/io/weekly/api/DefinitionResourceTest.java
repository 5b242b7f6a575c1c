package io.weekly.api;

import static io.weekly.testing.Api.asViewer;
import static io.weekly.testing.Api.newTenant;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.notNullValue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.weekly.testing.TestServers;
import java.util.List;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(TestServers.class)
class DefinitionResourceTest {

    @Test
    void definitionsAreListed() {
        asViewer(newTenant(), "u-1").get("/api/v1/definitions").then()
                .statusCode(200)
                .body("items.name", hasItem("weekly-business"))
                .body("items[0].version", notNullValue())
                .body("items[0].errors", equalTo(List.of()));
    }
}

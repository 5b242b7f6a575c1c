package io.weekly.api;

import static io.weekly.testing.Api.TENANTS;
import static io.weekly.testing.Api.asNdjson;
import static io.weekly.testing.Api.newTenant;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.weekly.testing.TestServers;
import io.weekly.testing.World;
import jakarta.inject.Inject;
import java.util.List;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(TestServers.class)
class MetricResourceTest {

    @Inject
    World world;

    @Test
    void aNameWithBlanksAtItsEndsReplacesNoOtherValue() {
        var slug = newTenant();

        asNdjson(slug).body("""
                        {"metric": "revenue", "day": "2026-11-16", "value": 1000}
                        {"metric": "revenue", "day": "2026-11-16", "value": 600, "dimension": "plan=pro"}
                        {"metric": "revenue", "day": "2026-11-16", "value": 1, "dimension": " "}
                        {"metric": "revenue", "day": "2026-11-16", "value": 1, "dimension": "plan=pro "}
                        {"metric": "revenue ", "day": "2026-11-16", "value": 1}
                        {"metric": "revenue\u00a0", "day": "2026-11-16", "value": 1}
                        {"metric": "Revenue", "day": "2026-11-16", "value": 7}
                        """).post(TENANTS + "/" + slug + "/metrics").then()
                .statusCode(200).body("accepted", equalTo(3)).body("rejected.line", equalTo(List.of(3, 4, 5, 6)));

        var stored = world.rows("""
            SELECT CONCAT(m.metric, ' ', m.dimension, ' ', CAST(m.value AS SIGNED)) AS text
            FROM metric m
            JOIN tenant t ON t.id = m.tenant_id
            WHERE t.slug = ?""", slug);
        assertThat(stored.stream().map(row -> row.getString("text")))
                .containsExactlyInAnyOrder("revenue  1000", "revenue plan=pro 600", "Revenue  7");
    }
}

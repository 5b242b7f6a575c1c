package io.weekly.api.http;

import static io.weekly.testing.Api.TENANTS;
import static io.weekly.testing.Api.asAdmin;
import static io.weekly.testing.Api.asOperator;
import static io.weekly.testing.Api.newRecipient;
import static io.weekly.testing.Api.newTenant;
import static io.weekly.testing.Api.schedule;
import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.http.ContentType;
import io.weekly.testing.HandDriven;
import io.weekly.testing.TestServers;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** A client reads a list page by page while others add to it. Everything that existed at the start comes exactly once. */
@QuarkusTest
@QuarkusTestResource(TestServers.class)
@TestProfile(HandDriven.class)
class PagingTest {

    private static final int ITEMS = 7;

    private final AtomicInteger number = new AtomicInteger();

    @Test
    void recipients() {
        var slug = newTenant();

        assertListIsStable(TENANTS + "/" + slug + "/recipients", "userId", slug, () -> newRecipient(slug, "u-" + number.incrementAndGet()));
    }

    @Test
    void schedules() {
        var slug = newTenant();

        var path = TENANTS + "/" + slug + "/schedules";
        assertListIsStable(path, "id", slug, () -> create(slug, path, schedule()));
    }

    @Test
    void reports() {
        var slug = newTenant();
        newRecipient(slug, "u-1");

        assertListIsStable("/api/v1/reports", "id", slug, () -> create(
                slug, "/api/v1/reports", Map.of("definition", "weekly-business", "recipient", "u-1")));
    }

    @Test
    void runs() {
        var slug = newTenant();

        assertListIsStable("/api/v1/runs", "id", slug, () -> create(
                slug, "/api/v1/runs", Map.of("definition", "weekly-business", "period", "2026-W40", "revision", "new")));
    }

    @Test
    void auditEvents() {
        var slug = newTenant();

        assertListIsStable("/api/v1/audit", "id", slug, () -> newRecipient(slug, "u-" + number.incrementAndGet()));
    }

    @Test
    void tenants() {
        var before = new ArrayList<String>();
        for (var i = 0; i < ITEMS; i++) {
            before.add(newTenant());
        }

        var seen = new ArrayList<String>();
        String cursor = "";
        while (cursor != null) {
            var page = asOperator().get(TENANTS + "?limit=3&cursor=" + cursor).then().statusCode(200).extract().jsonPath();
            seen.addAll(page.getList("items.slug"));
            cursor = page.getString("next");
            newTenant();
            // Other tests add tenants, too. So this stops after the last of its own.
            if (!seen.isEmpty() && seen.containsAll(before)) {
                break;
            }
        }

        assertThat(seen).doesNotHaveDuplicates().containsAll(before);
    }

    private void assertListIsStable(String path, String key, String slug, Runnable add) {
        for (var i = 0; i < ITEMS; i++) {
            add.run();
        }
        List<String> before = asAdmin(slug).get(path + "?limit=200").then().extract().jsonPath().getList("items." + key, String.class);

        var seen = new ArrayList<String>();
        String cursor = "";
        for (var page = 0; cursor != null && page < 50; page++) {
            var found = asAdmin(slug).get(path + "?limit=2&cursor=" + cursor).then().statusCode(200).extract().jsonPath();
            seen.addAll(found.getList("items." + key, String.class));
            cursor = found.getString("next");
            if (page < ITEMS) {
                add.run();
            }
        }

        assertThat(before).hasSizeGreaterThanOrEqualTo(ITEMS);
        assertThat(seen).doesNotHaveDuplicates().containsAll(before);
        assertThat(seen).filteredOn(before::contains).isEqualTo(before);
    }

    private static void create(String slug, String path, Map<String, Object> body) {
        assertThat(asAdmin(slug).contentType(ContentType.JSON).body(body).post(path).statusCode()).isIn(201, 202);
    }
}

package io.weekly.api.request;

import static io.weekly.testing.Api.asAdmin;
import static io.weekly.testing.Api.asOperator;
import static io.weekly.testing.Api.newRecipient;
import static io.weekly.testing.Api.newTenant;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.not;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.http.ContentType;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import io.weekly.testing.HandDriven;
import io.weekly.testing.TestServers;
import io.weekly.testing.World;
import jakarta.inject.Inject;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The tests write the count of the current hour themselves, because the default limits are too high to order as much. */
@QuarkusTest
@QuarkusTestResource(TestServers.class)
@TestProfile(HandDriven.class)
class OrderLimitsTest {

    private static final int REPORTS_PER_HOUR = 5000;
    private static final int TEST_SENDS_PER_HOUR = 200;
    private static final String REPORT = "report";
    private static final String TEST_SEND = "test-send";

    @Inject
    World world;

    private String slug;

    @BeforeEach
    void aTenantWithARecipient() {
        slug = newTenant();
        newRecipient(slug, "admin");
    }

    @Test
    void theLastOrderOfTheHourIsAcceptedAndTheNextIsNot() {
        ordered(REPORT, REPORTS_PER_HOUR - 1);

        order(asAdmin(slug)).statusCode(202);

        order(asAdmin(slug)).statusCode(429).contentType("application/problem+json").body("status", equalTo(429))
                .body("detail", containsString("5000 reports on demand"));
        assertThat(world.count("SELECT COUNT(*) FROM report r JOIN tenant t ON t.id = r.tenant_id WHERE t.slug = ?", slug)).isOne();
    }

    @Test
    void retryAfterIsTheRestOfTheHour() {
        ordered(REPORT, REPORTS_PER_HOUR);

        var seconds = Integer.parseInt(order(asAdmin(slug)).statusCode(429).extract().header("Retry-After"));

        assertThat(seconds).isBetween(1, 3600);
    }

    @Test
    void theCountOfAnotherHourDoesNotMatter() {
        ordered(REPORT, REPORTS_PER_HOUR);
        world.sql("UPDATE order_count SET hour = hour - INTERVAL 1 HOUR WHERE tenant_id = (SELECT id FROM tenant WHERE slug = ?)", slug);

        order(asAdmin(slug)).statusCode(202);

        assertThat(count(REPORT)).isOne();
    }

    @Test
    void aRepeatedRequestDoesNotCountAgain() {
        var key = UUID.randomUUID().toString();

        for (var i = 0; i < 3; i++) {
            order(asAdmin(slug).header("Idempotency-Key", key)).statusCode(202);
        }

        assertThat(count(REPORT)).isOne();
    }

    @Test
    void testSendsHaveALimitOfTheirOwn() {
        ordered(TEST_SEND, TEST_SENDS_PER_HOUR);

        send(asAdmin(slug)).statusCode(429).body("detail", containsString("200 test-sends"));

        order(asAdmin(slug)).statusCode(202);
    }

    @Test
    void oneTenantDoesNotUseUpTheLimitOfAnother() {
        ordered(REPORT, REPORTS_PER_HOUR);
        var other = newTenant();
        newRecipient(other, "admin");

        order(asAdmin(other)).statusCode(202);
        // An operator orders for a tenant, so the limit of that tenant counts.
        order(asOperator(), Map.of("definition", "weekly-business", "tenant", slug, "recipient", "admin")).statusCode(429);
        order(asOperator(), Map.of("definition", "weekly-business", "tenant", other, "recipient", "admin"))
                .statusCode(not(equalTo(429)));
    }

    private void ordered(String kind, int orders) {
        world.sql("""
            INSERT INTO order_count (tenant_id, kind, hour, orders)
            SELECT id, ?, DATE_FORMAT(UTC_TIMESTAMP(), '%Y-%m-%d %H:00:00'), ?
            FROM tenant
            WHERE slug = ?""", kind, orders, slug);
    }

    private int count(String kind) {
        return world.one("""
            SELECT orders
            FROM order_count
            WHERE kind = ? AND tenant_id = (SELECT id FROM tenant WHERE slug = ?)""", kind, slug).getInteger("orders");
    }

    private static ValidatableResponse order(RequestSpecification caller) {
        return order(caller, Map.of("definition", "weekly-business"));
    }

    private static ValidatableResponse order(RequestSpecification caller, Map<String, Object> body) {
        return caller.contentType(ContentType.JSON).body(body).post("/api/v1/reports").then();
    }

    private static ValidatableResponse send(RequestSpecification caller) {
        return caller.contentType(ContentType.JSON).body(Map.of()).post("/api/v1/definitions/weekly-business/test-send").then();
    }
}

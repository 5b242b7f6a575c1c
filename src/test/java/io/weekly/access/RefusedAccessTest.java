package io.weekly.access;

import static io.weekly.testing.Api.TENANTS;
import static io.weekly.testing.Api.anonymous;
import static io.weekly.testing.Api.as;
import static io.weekly.testing.Api.asAdmin;
import static io.weekly.testing.World.get;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.vertx.mutiny.sqlclient.Row;
import io.weekly.access.RefusedAccess.Reason;
import io.weekly.audit.AuditLog;
import io.weekly.database.Database;
import io.weekly.testing.HandDriven;
import io.weekly.testing.TestServers;
import io.weekly.testing.TestTokens;
import io.weekly.testing.World;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Timers stand still here: a test writes the events itself. */
@QuarkusTest
@QuarkusTestResource(TestServers.class)
@TestProfile(HandDriven.class)
class RefusedAccessTest {

    private static final String CLIENT = "X-Forwarded-For";

    @Inject
    World world;

    @Inject
    Database database;

    @Inject
    AuditLog audit;

    @Inject
    RefusedAccess ofTheApplication;

    @Inject
    RequestLimits limits;

    private final MovingClock clock = new MovingClock();
    private RefusedAccess refused;
    /** No other test has it: the address in the documentation range of IPv6. */
    private String address;

    @BeforeEach
    void aFreshOne() {
        refused = new RefusedAccess(database, audit, clock);
        address = "2001:db8:" + UUID.randomUUID().toString().substring(0, 4) + ":" + UUID.randomUUID().toString().substring(0, 4) + "::1";
    }

    @Test
    void eachKindOfRefusalIsAnEventWithItsReason() {
        var tenant = world.tenant();
        var other = world.tenant();
        var client = clientOfItsOwn();
        world.recipients(tenant, 1, "ann");
        get(ofTheApplication.write());
        as(TestTokens.viewer(tenant.slug(), "u-ann-0")).get(TENANTS + "/" + tenant.slug() + "/recipients/secret").then().statusCode(403);
        asAdmin(tenant.slug()).get(TENANTS + "/" + other.slug() + "/recipients").then().statusCode(404);
        anonymous().header(CLIENT, client).get(TENANTS).then().statusCode(401);
        as(TestTokens.expired(tenant.slug(), "u-ann-0")).header(CLIENT, client).get(TENANTS).then().statusCode(401);
        anonymous().header(CLIENT, client).get("/d/no-such-token").then().statusCode(404);
        get(ofTheApplication.write());

        asAdmin(tenant.slug()).get("/api/v1/audit?action=access.refused").then()
                .body("items.detail.reason", contains("other-tenant", "forbidden"),
                        "items.actor", contains("user:admin", "user:u-ann-0"),
                        "items[1].subject", equalTo("GET /api/v1/tenants/{slug}/recipients/{userId}"),
                        "items[1].client", equalTo("127.0.0.1"));
        asAdmin(other.slug()).get("/api/v1/audit").then().body("items", hasSize(0));
        assertThat(reasons(client)).containsExactly("no-token", "invalid-token", "invalid-link");
    }

    @Test
    void aRequestBeyondALimitIsRecordedOnceAsThat() {
        var client = clientOfItsOwn();
        while (limits.failure(new ClientAddress(client)).isEmpty()) {
            // Takes what is left.
        }
        get(ofTheApplication.write());
        as(TestTokens.expired("acme", "u-1")).header(CLIENT, client).get(TENANTS).then().statusCode(429);
        anonymous().header(CLIENT, client).get("/d/no-such-token").then().statusCode(429);
        get(ofTheApplication.write());

        assertThat(reasons(client)).containsExactly("too-many-requests");
    }

    private static String clientOfItsOwn() {
        var random = ThreadLocalRandom.current();
        return "10.%d.%d.%d".formatted(random.nextInt(256), random.nextInt(256), random.nextInt(256));
    }

    @Test
    void aMinuteHasOneEventForEachCallerAndReasonAndTheNextSaysHowManyThereWere() {
        for (var i = 0; i < 1000; i++) {
            refuse(address, Reason.NO_TOKEN);
            refuse(address, Reason.INVALID_TOKEN);
        }
        get(refused.write());
        assertThat(reasons(network())).containsExactly("no-token", "invalid-token");

        clock.move(Duration.ofSeconds(59));
        refuse(address, Reason.NO_TOKEN);
        clock.move(Duration.ofSeconds(1));
        refuse(address, Reason.NO_TOKEN);
        get(refused.write());

        assertThat(reasons(network())).containsExactly("no-token", "invalid-token", "no-token");
        assertThat(events(network()).getLast().getString("detail")).contains("\"repeated\":1000");
    }

    @Test
    void aFloodFromManyAddressesIsNeitherAFloodOfWritesNorOfMemory() {
        var operation = "GET /" + UUID.randomUUID();
        for (var i = 0; i < 3 * RefusedAccess.MAX_KNOWN; i++) {
            var client = new ClientAddress("10.%d.%d.%d".formatted(i >> 16, i >> 8 & 255, i & 255));
            refused.record(Optional.empty(), client, null, Reason.NO_TOKEN, operation);
        }
        get(refused.write());
        get(refused.write());

        assertThat(world.count("SELECT COUNT(*) FROM audit_event WHERE subject = ?", operation)).isEqualTo(RefusedAccess.MAX_WAITING);
        refuse(address, Reason.NO_TOKEN);
        get(refused.write());
        assertThat(events(network()).getLast().getString("detail"))
                .contains("\"omitted\":" + (3 * RefusedAccess.MAX_KNOWN - RefusedAccess.MAX_WAITING));
    }

    /** The rest of an IPv6 address is the client's to choose. */
    @Test
    void allAddressesOfOneNetworkAreOneClient() {
        for (var i = 1; i < 100; i++) {
            refuse(address.replace("::1", "::" + i), Reason.NO_TOKEN);
        }
        get(refused.write());

        assertThat(reasons(network())).containsExactly("no-token");
    }

    private void refuse(String client, Reason reason) {
        refused.record(Optional.empty(), new ClientAddress(client), "r-1", reason, "GET /somewhere");
    }

    private List<String> reasons(String clients) {
        return events(clients).stream().map(row -> row.getString("detail").replaceAll(".*\"reason\":\"([a-z-]+)\".*", "$1")).toList();
    }

    /** A pattern for all addresses of the client. */
    private String network() {
        return address.replace("::1", "::%");
    }

    private List<Row> events(String clients) {
        return world.rows("""
            SELECT DISTINCT e.id, e.detail
            FROM audit_event e
            JOIN audit_text t ON t.text LIKE ? AND e.client = REPLACE(REPLACE(REPLACE(TO_BASE64(t.id), '=', ''), '+', '-'), '/', '_')
            WHERE e.action = 'access.refused'
            ORDER BY e.id""", clients);
    }

    private static final class MovingClock extends Clock {
        private Instant now = Instant.parse("2026-11-30T12:00:00Z");

        void move(Duration time) {
            now = now.plus(time);
        }

        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            throw new UnsupportedOperationException();
        }
    }
}

package io.weekly.audit;

import static io.weekly.testing.Api.TENANTS;
import static io.weekly.testing.Api.asAdmin;
import static io.weekly.testing.Api.asOperator;
import static io.weekly.testing.World.get;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.startsWith;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.weekly.database.Database;
import io.weekly.testing.Api;
import io.weekly.testing.Concurrently;
import io.weekly.testing.HandDriven;
import io.weekly.testing.TestServers;
import io.weekly.testing.World;
import io.weekly.testing.World.TenantRow;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Events name persons by pseudonyms, and readers see who they are. */
@QuarkusTest
@QuarkusTestResource(TestServers.class)
@TestProfile(HandDriven.class)
class AuditPersonsTest {

    private static final String AUDIT = "/api/v1/audit";

    @Inject
    World world;

    @Inject
    Database database;

    @Inject
    AuditLog audit;

    @Inject
    AuditPersons persons;

    private TenantRow tenant;
    private String userId;

    @BeforeEach
    void aRecipient() {
        tenant = world.tenant();
        userId = "u-" + UUID.randomUUID();
        Api.newRecipient(tenant.slug(), userId);
    }

    @Test
    void anEventHasNoUserIdAndReadersSeeIt() {
        var row = world.one("SELECT actor, subject FROM audit_event WHERE tenant_id = ?", tenant.id());

        assertThat(row.getString("actor")).matches("user:[0-9a-f]{32}");
        assertThat(row.getString("subject")).matches("user:[0-9a-f]{32}").isNotEqualTo(row.getString("actor"));
        asAdmin(tenant.slug()).get(AUDIT).then()
                .body("items", hasSize(1), "items[0].actor", equalTo("user:admin"), "items[0].subject", equalTo(userId));
    }

    @Test
    void theFilterByActorFindsTheEventsOfThatPersonOnly() {
        var other = world.tenant();
        Api.newRecipient(other.slug(), userId);
        asOperator().delete(TENANTS + "/" + other.slug()).then().statusCode(204);

        asAdmin(tenant.slug()).get(AUDIT + "?actor=user:admin").then().body("items.subject", contains(userId));
        asAdmin(tenant.slug()).get(AUDIT + "?actor=user:" + userId).then().body("items", hasSize(0));
        var slugOfEnded = other.slug() + "~" + other.id();
        asOperator().get(AUDIT + "?actor=user:admin&tenant=" + tenant.slug()).then().body("items.tenant", contains(tenant.slug()));
        asOperator().get(AUDIT + "?actor=operator:operator&tenant=" + slugOfEnded).then()
                .body("items.action", contains("tenant.ended"));
    }

    @Test
    void afterAnErasureThePseudonymStaysAndTheNextPersonHasAnother() {
        var first = subject();

        get(database.transaction(transaction -> persons.erase(transaction, tenant.id(), userId)));
        asAdmin(tenant.slug()).get(AUDIT).then().body("items[0].subject", equalTo(first.substring("user:".length())));

        Api.asAdmin(tenant.slug()).delete(TENANTS + "/" + tenant.slug() + "/recipients/" + userId).then().statusCode(204);
        asAdmin(tenant.slug()).get(AUDIT).then()
                .body("items.action", contains("recipient.ended", "recipient.created"), "items[0].subject", equalTo(userId));
        assertThat(subject()).isNotEqualTo(first);
    }

    /** Otherwise somebody with access to the database could make an event name another person. */
    @Test
    void aRowThatWasChangedByHandNamesNobody() {
        var pseudonym = subject().substring("user:".length());

        world.sql("UPDATE audit_person SET user_id = 'mallory' WHERE pseudonym = UNHEX(?)", pseudonym);

        asAdmin(tenant.slug()).get(AUDIT).then().body("items[0].subject", equalTo(pseudonym));
    }

    @Test
    void transactionsThatMeetANewPersonAtTheSameTimeGiveItOnePseudonym() throws Exception {
        for (var round = 0; round < 5; round++) {
            var actor = "user:" + UUID.randomUUID();
            Concurrently.times(8, () -> get(database.transaction(transaction -> audit.append(transaction, List.of(
                    event(actor, "recipient.updated", "new-" + actor), event(actor, "recipient.updated", userId))))));

            var byActor = "SELECT COUNT(*) AS n FROM audit_event WHERE tenant_id = ? AND action = 'recipient.updated' GROUP BY actor";
            assertThat(world.rows(byActor, tenant.id())).hasSize(round + 1).allSatisfy(row -> assertThat(row.getLong("n")).isEqualTo(16));
        }
        asAdmin(tenant.slug()).get(AUDIT + "?limit=200").then().body("items", hasSize(81));
    }

    @Test
    void anEventOfATimeBeforePseudonymsIsShownAndFoundAsItIs() {
        world.sql("""
            INSERT INTO audit_event (tenant_id, at, actor, action, subject, detail)
            VALUES (?, NOW(6), 'user:old', 'recipient.updated', ?, '{"to":"old@acme.test"}')""", tenant.id(), userId);

        asAdmin(tenant.slug()).get(AUDIT + "?actor=user:old").then()
                .body("items.subject", contains(userId), "items[0].detail.to", startsWith("old@"));
        asAdmin(tenant.slug()).get(TENANTS + "/" + tenant.slug() + "/recipients/" + userId + "/export").then()
                .body("events.action", contains("recipient.created", "recipient.updated"));
    }

    private AuditEvent event(String actor, String action, String subject) {
        return new AuditEvent(tenant.id(), Instant.now(), actor, action, subject, Map.of());
    }

    private String subject() {
        return world.one("SELECT subject FROM audit_event WHERE tenant_id = ? AND action LIKE 'recipient.%' ORDER BY id DESC", tenant.id())
                .getString("subject");
    }
}

package io.weekly.retention;

import static io.weekly.testing.Api.TENANTS;
import static io.weekly.testing.Api.as;
import static io.weekly.testing.Api.asAdmin;
import static io.weekly.testing.Api.asOperator;
import static io.weekly.testing.Api.asViewer;
import static io.weekly.testing.Api.newRecipient;
import static io.weekly.testing.World.get;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.not;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.http.ContentType;
import io.weekly.audit.AuditEvent;
import io.weekly.audit.AuditLog;
import io.weekly.audit.PersonalText;
import io.weekly.database.Database;
import io.weekly.testing.Api;
import io.weekly.testing.HandDriven;
import io.weekly.testing.TestReports;
import io.weekly.testing.TestServers;
import io.weekly.testing.TestTokens;
import io.weekly.testing.World;
import io.weekly.testing.World.TenantRow;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the audit trail knows of an erased person. */
@QuarkusTest
@QuarkusTestResource(TestServers.class)
@TestProfile(HandDriven.class)
class AuditErasureTest {

    private static final String AUDIT = "/api/v1/audit";
    private static final String CLIENT = "198.51.100.23";

    @Inject
    World world;

    @Inject
    PersonErasures erasures;

    @Inject
    AuditErasure auditErasure;

    @Inject
    StoredReports stored;

    @Inject
    Database database;

    @Inject
    AuditLog audit;

    private TenantRow tenant;
    private String userId;
    private String recipient;

    /** A person that has ordered a report. */
    @BeforeEach
    void aPersonInTheTrail() {
        tenant = world.tenant();
        userId = "u-" + UUID.randomUUID();
        recipient = TENANTS + "/" + tenant.slug() + "/recipients/" + userId;
        newRecipient(tenant.slug(), userId);
        String report = asViewer(tenant.slug(), userId).contentType(ContentType.JSON).header("X-Forwarded-For", CLIENT)
                .body(Map.of("definition", "weekly-business")).post("/api/v1/reports").then().statusCode(202).extract().path("id");
        world.sql("DELETE FROM job WHERE report_id = UNHEX(?)", report);
        asAdmin(tenant.slug()).get(AUDIT + "?action=report.requested").then()
                .body("items[0].actor", equalTo("user:" + userId), "items[0].client", equalTo(CLIENT),
                        "items[0].detail.recipient", equalTo(userId));
    }

    @Test
    void theTrailKeepsAPseudonymAndNothingThatNamesThePerson() {
        asAdmin(tenant.slug()).post(recipient + "/erasure").then().statusCode(202);
        get(erasures.erase());

        asAdmin(tenant.slug()).get(AUDIT + "?action=report.requested").then()
                .body("items[0].actor", matchesPattern("user:[0-9a-f]{32}"), "items[0].client", equalTo("(erased)"),
                        "items[0].detail.recipient", equalTo("(erased)"));
        asAdmin(tenant.slug()).get(AUDIT + "?action=recipient.created").then().body("items[0].subject", matchesPattern("[0-9a-f]{32}"));
        assertThat(Traces.of(world, userId)).doesNotContain("audit_event.actor", "audit_event.subject", "audit_event.detail",
                "audit_person.user_id", "audit_text.person", "audit_text.text");
        asAdmin(tenant.slug()).get(AUDIT).then().body("items.actor", hasItem("user:admin"));
    }

    @Test
    void theNextPersonWithTheUserIdIsNotTheErasedOne() {
        asAdmin(tenant.slug()).post(recipient + "/erasure").then().statusCode(202);
        get(erasures.erase());
        newRecipient(tenant.slug(), userId);

        asAdmin(tenant.slug()).get(AUDIT + "?actor=user:" + userId).then().body("items.size()", equalTo(0));
        asAdmin(tenant.slug()).get(recipient + "/export").then()
                .body("events.action", equalTo(List.of("recipient.created")), "actions.size()", equalTo(0),
                        "auditTexts", not(hasItem(CLIENT)));
    }

    /** An erasure stays open as long as a worker is at a report of the person, or a run that it started has not finished. */
    @Test
    void anErasureThatStaysOpenErasesNothingOfTheNextPersonWithTheUserId() {
        var number = world.one("SELECT id FROM recipient WHERE user_id = ?", userId).getLong("id");
        var old = stored.delivered(tenant, userId, 30);
        var ofOther = stored.delivered(tenant, other(), 30);
        stored.job(tenant, old, "leased");
        linkBy(ofOther);
        var location = asAdmin(tenant.slug()).post(recipient + "/erasure").then().statusCode(202).extract().header("Location");
        get(erasures.erase());

        newRecipient(tenant.slug(), userId);
        String report = asViewer(tenant.slug(), userId).contentType(ContentType.JSON).header("X-Forwarded-For", CLIENT)
                .body(Map.of("definition", "weekly-business", "period", "2026-W41")).post("/api/v1/reports").then().statusCode(202)
                .extract().path("id");
        linkBy(ofOther);
        var run = TestReports.startedRun(tenant.slug());
        world.sql("UPDATE run SET actor = ?, finished_at = NOW(6) WHERE id = UNHEX(?)", "user:" + userId, run);
        // What the worker that is at the report of the erased person writes now.
        var reply = PersonalText.ofRecipient(number, "550 unknown: the erased one");
        get(database.transaction(transaction -> audit.append(transaction, new AuditEvent(
                tenant.id(), Instant.now(), AuditEvent.SERVICE, "report.bounced", old, Map.of("reason", reply)))));
        pass();
        asAdmin(tenant.slug()).get(location).then().body("done", equalTo(false));
        theNextPersonIsNamed(report, run);

        stored.jobEnds(old);
        pass();
        asAdmin(tenant.slug()).get(location).then().body("done", equalTo(true));
        theNextPersonIsNamed(report, run);
        assertThat(Traces.of(world, reply.text())).isEmpty();
        assertThat(world.rows("SELECT created_by FROM link WHERE tenant_id = ? ORDER BY created_at", tenant.id()))
                .extracting(row -> row.getString("created_by"))
                .satisfiesExactly(
                        first -> assertThat(first).startsWith("user:erased-"), second -> assertThat(second).isEqualTo("user:" + userId));
    }

    private void theNextPersonIsNamed(String report, String run) {
        asAdmin(tenant.slug()).get("/api/v1/reports/" + report + "/events").then()
                .body("items[0].actor", equalTo("user:" + userId), "items[0].client", equalTo(CLIENT),
                        "items[0].detail.recipient", equalTo(userId));
        assertThat(world.one("SELECT actor FROM run WHERE id = UNHEX(?)", run).getString("actor")).isEqualTo("user:" + userId);
        asAdmin(tenant.slug()).get(recipient + "/export").then()
                .body("actions.action", hasItem("report.requested"), "auditTexts", hasItem(CLIENT), "reports.id", hasItem(report));
    }

    private String other() {
        var other = "u-" + UUID.randomUUID();
        newRecipient(tenant.slug(), other);
        return other;
    }

    private void linkBy(String report) {
        as(TestTokens.tenantAdmin(tenant.slug(), userId)).contentType(ContentType.JSON).body(Map.of("format", "pdf"))
                .post("/api/v1/reports/" + report + "/links").then().statusCode(201);
    }

    private void pass() {
        world.sql("UPDATE erasure SET next_at = NOW(6) WHERE tenant_id = ?", tenant.id());
        get(erasures.erase());
    }

    /** An admin who is a recipient too, and erases itself, does not make anonymous what it does. */
    @Test
    void whoErasesItselfIsNamedInTheRequestAndAfterwards() {
        as(TestTokens.tenantAdmin(tenant.slug(), userId)).post(recipient + "/erasure").then().statusCode(202);
        newRecipientBy(TestTokens.tenantAdmin(tenant.slug(), userId));
        pass();

        asAdmin(tenant.slug()).get(AUDIT + "?actor=user:" + userId).then()
                .body("items.action", equalTo(List.of("recipient.created", "recipient.erasure-requested")),
                        "items.client", not(hasItem("(erased)")));
    }

    private void newRecipientBy(String token) {
        as(token).contentType(ContentType.JSON).body(Api.recipient("u-" + UUID.randomUUID()))
                .post(TENANTS + "/" + tenant.slug() + "/recipients").then().statusCode(201);
    }

    @Test
    void theExportHasTheTextsAboutThePerson() {
        asAdmin(tenant.slug()).get(recipient + "/export").then()
                .body("auditTexts", hasItems(CLIENT, userId), "actions.action", hasItem("report.requested"));
    }

    @Test
    void theEndOfATenantErasesAllItsPersonsAndNoOthers() {
        var other = world.tenant();
        newRecipient(other.slug(), userId);

        while (!get(auditErasure.eraseAll(tenant.id()))) {
            // The next part.
        }

        assertThat(world.count("SELECT COUNT(*) FROM audit_person WHERE tenant_id = ?", tenant.id())).isZero();
        assertThat(world.count("SELECT COUNT(*) FROM audit_text WHERE tenant_id = ?", tenant.id())).isZero();
        asOperator().get(AUDIT + "?tenant=" + other.slug()).then()
                .body("items[0].actor", equalTo("user:admin"), "items[0].subject", equalTo(userId));
    }
}

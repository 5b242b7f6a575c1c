package io.weekly.retention;

import static io.weekly.testing.Api.TENANTS;
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
import io.weekly.testing.HandDriven;
import io.weekly.testing.TestServers;
import io.weekly.testing.World;
import io.weekly.testing.World.TenantRow;
import jakarta.inject.Inject;
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

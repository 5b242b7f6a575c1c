package io.weekly.audit;

import static io.weekly.testing.Api.asAdmin;
import static io.weekly.testing.World.get;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.ValidatableResponse;
import io.weekly.database.Database;
import io.weekly.testing.HandDriven;
import io.weekly.testing.TestServers;
import io.weekly.testing.World;
import io.weekly.testing.World.TenantRow;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Texts that can name a person are stored beside the event. */
@QuarkusTest
@QuarkusTestResource(TestServers.class)
@TestProfile(HandDriven.class)
class AuditTextsTest {

    private static final String REPLY = "550 no such user <ann@acme.test>";

    @Inject
    World world;

    @Inject
    Database database;

    @Inject
    AuditLog audit;

    @Inject
    AuditTexts texts;

    @Inject
    AuditPersons persons;

    private TenantRow tenant;

    @BeforeEach
    void anEventWithTexts() {
        tenant = world.tenant();
        append(PersonalText.ofUser("u-ann", REPLY), 1);
    }

    @Test
    void theEventHasOnlyAHashAndReadersSeeTheText() {
        var row = world.one("SELECT detail FROM audit_event WHERE tenant_id = ?", tenant.id());

        assertThat(row.getString("detail")).doesNotContain("ann").matches(".*\"reply\":\\{\"personalText\":\"[A-Za-z0-9_-]{43}\"}.*");
        events().body("items[0].detail", equalTo(Map.of("reply", REPLY, "code", 550, "more", List.of(Map.of("reply", REPLY)))));
        assertThat(count()).as("equal texts of the same person share a row").isEqualTo(1);
    }

    @Test
    void anErasedTextIsShownAsErasedAndTextsOfOthersStay() {
        append(PersonalText.ofAddress("bob@acme.test", "to bob"), 1);
        append(PersonalText.ofAddress("ann@acme.test", "to ann"), 1);
        append(new PersonalText("to nobody", null), 1);
        var names = List.of(
                PersonalText.user(get(persons.pseudonym(tenant.id(), "u-ann")).orElseThrow()), PersonalText.mail("Ann@acme.test"));

        assertThat(get(texts.erase(tenant.id(), names, 100))).isEqualTo(2);

        events().body("items.detail.reply", equalTo(List.of("to nobody", "(erased)", "to bob", "(erased)")));
        assertThat(get(texts.erase(tenant.id(), names, 100))).isZero();
        assertThat(get(texts.eraseSome(tenant.id(), 100))).isEqualTo(2);
        events().body("items.detail.reply", equalTo(Collections.nCopies(4, "(erased)")));
    }

    @Test
    void aTextThatWasChangedByHandIsNotShown() {
        world.sql("UPDATE audit_text SET text = '250 OK' WHERE tenant_id = ?", tenant.id());

        events().body("items[0].detail.reply", equalTo("(changed)"));
    }

    /** A batch of finished stages has hundreds. */
    @Test
    void manyEventsAreStoredTogetherInTheirOrder() {
        append(PersonalText.ofUser("u-ann", "again"), 300);

        assertThat(count()).isEqualTo(2);
        var numbers = world.rows("SELECT detail FROM audit_event WHERE tenant_id = ? ORDER BY id", tenant.id());
        assertThat(numbers).hasSize(301);
    }

    private void append(PersonalText text, int times) {
        var detail = Map.<String, Object>of("reply", text, "code", 550, "more", List.of(Map.of("reply", text)));
        var event = new AuditEvent(tenant.id(), Instant.now(), AuditEvent.SERVICE, "report.bounced", "subject", detail);
        get(database.transaction(transaction -> audit.append(transaction, Collections.nCopies(times, event))));
    }

    private ValidatableResponse events() {
        return asAdmin(tenant.slug()).get("/api/v1/audit").then().statusCode(200);
    }

    private int count() {
        return world.count("SELECT COUNT(*) FROM audit_text WHERE tenant_id = ?", tenant.id());
    }
}

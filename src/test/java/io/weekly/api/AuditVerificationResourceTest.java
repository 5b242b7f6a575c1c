package io.weekly.api;

import static io.weekly.testing.Api.as;
import static io.weekly.testing.Api.asAdmin;
import static io.weekly.testing.Api.asOperator;
import static io.weekly.testing.Api.newRecipient;
import static io.weekly.testing.Api.newTenant;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.weekly.audit.seal.SealedTrail;
import io.weekly.testing.Concurrently;
import io.weekly.testing.HandDriven;
import io.weekly.testing.TestServers;
import io.weekly.testing.TestTokens;
import io.weekly.testing.World;
import jakarta.inject.Inject;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(TestServers.class)
@TestProfile(HandDriven.class)
class AuditVerificationResourceTest {

    private static final String VERIFICATION = "/api/v1/audit/verification";

    @Inject
    World world;

    @Inject
    SealedTrail trail;

    private String slug;

    @BeforeEach
    void sealedAndUnsealedEventsOfTwoTenants() {
        trail.clear();
        slug = newTenant();
        newTenant();
        trail.seal();
        newRecipient(slug, "u-1");
        newRecipient(newTenant(), "u-2");
    }

    @Test
    void operatorsAndAuditorsGetAVerdictOnAllEvents() {
        asOperator().get(VERIFICATION).then()
                .statusCode(200)
                .body("valid", equalTo(true))
                .body("checked", equalTo(events("id <= %d")))
                .body("unsealed", equalTo(events("id > %d")))
                .body("firstBroken", nullValue())
                .body("seals", equalTo(1))
                .body("unsealedSince", containsString("Z"));
        as(TestTokens.auditor()).get(VERIFICATION).then().statusCode(200).body("seals", equalTo(1));
        as(TestTokens.viewer(slug, "u-1")).get(VERIFICATION).then().statusCode(403);
    }

    @Test
    void anAdministratorGetsTheVerdictAndTheNumbersOfItsOwnEvents() {
        var tenant = world.one("SELECT id FROM tenant WHERE slug = ?", slug).getInteger(0);
        assertThat(events("id <= %d")).isGreaterThan(events("id <= %d AND tenant_id = " + tenant));

        asAdmin(slug).get(VERIFICATION).then()
                .statusCode(200)
                .body("valid", equalTo(true))
                .body("checked", equalTo(events("id <= %d AND tenant_id = " + tenant)))
                .body("unsealed", equalTo(events("id > %d AND tenant_id = " + tenant)));
    }

    private int events(String condition) {
        var count = world.count("SELECT COUNT(*) FROM audit_event WHERE " + condition.formatted(sealed()));
        assertThat(count).isPositive();
        return count;
    }

    private long sealed() {
        return world.one("SELECT MAX(last_id) FROM audit_seal").getLong(0);
    }

    @Test
    void aFaultSaysWhatIsWrongAndToAnOperatorAlsoWhichEvent() {
        var id = world.one("SELECT MIN(id) FROM audit_event").getLong(0);
        world.sql("DELETE FROM audit_event WHERE id = ?", id);

        asOperator().get(VERIFICATION).then()
                .statusCode(200)
                .body("valid", equalTo(false))
                .body("firstBroken.seal", equalTo(1))
                .body("firstBroken.event", equalTo(id.intValue()))
                .body("firstBroken.kind", equalTo("missing"))
                .body("faults.kind", hasItem("missing"));
        asAdmin(slug).get(VERIFICATION).then()
                .body("valid", equalTo(false))
                .body("firstBroken.kind", equalTo("missing"))
                .body("firstBroken.event", nullValue())
                .body("faults[0].event", nullValue());
    }

    @Test
    void aChangedTableIsAFaultOfNoSeal() {
        world.sql("ALTER TABLE audit_event MODIFY tenant_id DOUBLE");
        try {
            asAdmin(slug).get(VERIFICATION).then()
                    .statusCode(200)
                    .body("valid", equalTo(false))
                    .body("checked", equalTo(0))
                    .body("firstBroken.kind", equalTo("table"))
                    .body("firstBroken.message", containsString("audit_event: column tenant_id is double NULL and should be int NULL"))
                    .body("firstBroken.seal", nullValue());
        } finally {
            world.sql("ALTER TABLE audit_event MODIFY tenant_id INT");
        }
    }

    @Test
    void onlySealsFromAMomentOnAreChecked() {
        trail.seal();
        world.sql("UPDATE audit_event SET actor = 'user:bob' WHERE id = (SELECT last_id FROM audit_seal WHERE number = 1)");
        var since = world.one("SELECT DATE_FORMAT(sealed_at, '%Y-%m-%dT%H:%i:%s.%fZ') FROM audit_seal WHERE number = 2").getString(0);

        asOperator().get(VERIFICATION + "?from=" + since).then()
                .body("valid", equalTo(true))
                .body("firstSeal", equalTo(2))
                .body("notes", hasItem(containsString("Seals before number 2 were not checked")));
        asOperator().get(VERIFICATION + "?from=2030-01-01T00:00:00Z").then().body("firstSeal", equalTo(2));
        asOperator().get(VERIFICATION).then().body("valid", equalTo(false)).body("firstSeal", equalTo(1));
        asOperator().get(VERIFICATION + "?from=yesterday").then().statusCode(400);
    }

    @Test
    void aTrailWithoutSealsSaysSo() {
        trail.clear();

        asOperator().get(VERIFICATION).then()
                .statusCode(200)
                .body("checked", equalTo(0))
                .body("sealedUntil", nullValue())
                .body("notes", hasItem("There are no seals, so nothing was checked."))
                .body("notes", not(hasItem(containsString("No key"))));
    }

    @Test
    void aProcessVerifiesOnceAtATime() throws Exception {
        var statuses = Concurrently.times(40, () -> {
            var answer = asOperator().get(VERIFICATION).then().extract();
            assertThat(answer.header("Retry-After")).isEqualTo(answer.statusCode() == 429 ? "10" : null);
            return answer.statusCode();
        });

        assertThat(statuses).contains(200, 429).containsOnly(200, 429);
        asOperator().get(VERIFICATION).then().statusCode(200).body("faults", equalTo(List.of()));
    }
}

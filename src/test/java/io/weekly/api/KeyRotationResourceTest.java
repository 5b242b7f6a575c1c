package io.weekly.api;

import static io.weekly.testing.Api.asAdmin;
import static io.weekly.testing.Api.asOperator;
import static io.weekly.testing.World.get;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.notNullValue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.weekly.store.encryption.EncryptedReports;
import io.weekly.store.encryption.OldKeySets;
import io.weekly.tenant.OldPasswords;
import io.weekly.testing.HandDriven;
import io.weekly.testing.TestServers;
import io.weekly.testing.World;
import io.weekly.testing.World.TenantRow;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(TestServers.class)
@TestProfile(HandDriven.class)
class KeyRotationResourceTest {

    private static final byte[] CONTENT = "%PDF".getBytes();

    @Inject World world;

    @Inject EncryptedReports reports;

    @Inject OldKeySets oldKeySets;

    @Inject OldPasswords passwords;

    private TenantRow tenant;

    @BeforeEach
    void aTenantUnderTheOldKey() {
        tenant = world.tenant();
        get(oldKeySets.create(tenant.id()));
        world.recipients(tenant, 2, "ann");
        passwords.set(tenant, "u-ann-0", "correct horse 1");
    }

    @Test
    void afterARotationNothingNeedsTheOldKeyAndEverythingIsReadable() {
        var report = reports.withPdf(tenant, CONTENT);
        assertThat(usesOfOldKey()).containsKeys("fileKeys", "pdfPasswords");

        rotate();

        await().untilAsserted(() -> assertThat(usesOfOldKey()).doesNotContainKeys("fileKeys", "pdfPasswords"));
        assertThat(oldKeySets.keyOf(tenant.id())).isEqualTo("test");
        assertThat(passwords.get(tenant, "u-ann-0")).isEqualTo("correct horse 1");
        assertThat(passwords.column(tenant, "u-ann-0")).startsWith("test:");
        asOperator().get("/api/v1/reports/" + report + "/files/pdf").then().statusCode(200);
        assertThat(world.count("SELECT COUNT(*) FROM audit_event WHERE action = 'keys.rotation-requested'")).isPositive();
    }

    /** A page has 200 passwords. It ends within the recipients of a tenant, and another tenant follows. */
    @Test
    void aRotationMovesAllPagesOfPasswords() {
        world.recipients(tenant, 210, "bob");
        IntStream.range(0, 210).forEach(i -> passwords.set(tenant, "u-bob-" + i, "correct horse 2"));
        var last = world.tenant();
        world.recipients(last, 1, "eve");
        passwords.set(last, "u-eve-0", "correct horse 3");

        rotate();

        await().untilAsserted(() -> assertThat(usesOfOldKey()).doesNotContainKey("pdfPasswords"));
        assertThat(passwords.get(tenant, "u-bob-209")).isEqualTo("correct horse 2");
        assertThat(passwords.get(last, "u-eve-0")).isEqualTo("correct horse 3");
    }

    /** Another process still has the old key as its current one, and makes a key set after the rotation. */
    @Test
    void aSecondRequestFindsWhatWasMadeUnderTheOldKeySince() {
        rotate();
        await().until(() -> oldKeySets.keyOf(tenant.id()).equals("test"));
        var late = world.tenant();
        get(oldKeySets.create(late.id()));
        assertThat(oldKeySets.keyOf(late.id())).isEqualTo(HandDriven.OLD_KEY);

        rotate();

        await().until(() -> oldKeySets.keyOf(late.id()).equals("test"));
    }

    @Test
    void aRowThatCannotBeReadStaysAndTheOthersAreMoved() {
        var broken = world.tenant();
        world.sql("INSERT INTO file_keys (tenant_id, key_id, key_set, created_at, wrapped_at) VALUES (?, 'old', 'abcd', NOW(6), NOW(6))",
                broken.id());
        var later = world.tenant();
        get(oldKeySets.create(later.id()));

        rotate();

        await().until(() -> oldKeySets.keyOf(later.id()).equals("test"));
        assertThat(oldKeySets.keyOf(broken.id())).isEqualTo(HandDriven.OLD_KEY);
        world.sql("DELETE FROM file_keys WHERE tenant_id = ?", broken.id());
    }

    @Test
    void onlyOperatorsMayRotate() {
        asAdmin(tenant.slug()).post("/api/v1/keys/rotation").then().statusCode(403);
    }

    private static void rotate() {
        asOperator().post("/api/v1/keys/rotation").then()
                .statusCode(202).header("Location", equalTo("/api/v1/keys")).body("keys", notNullValue());
    }

    private static Map<String, Object> usesOfOldKey() {
        List<Map<String, Object>> keys = asOperator().get("/api/v1/keys").then().statusCode(200).extract().path("keys");
        var old = keys.stream().filter(key -> key.get("id").equals(HandDriven.OLD_KEY)).findFirst().orElseThrow();
        @SuppressWarnings("unchecked")
        var uses = (Map<String, Object>) old.get("uses");
        return uses;
    }
}

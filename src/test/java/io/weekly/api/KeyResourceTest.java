package io.weekly.api;

import static io.weekly.testing.Api.TENANTS;
import static io.weekly.testing.Api.asAdmin;
import static io.weekly.testing.Api.asOperator;
import static io.weekly.testing.Api.newTenant;
import static io.weekly.testing.Api.recipient;
import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.http.ContentType;
import io.weekly.testing.HandDriven;
import io.weekly.testing.TestServers;
import io.weekly.testing.World;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(TestServers.class)
@TestProfile(HandDriven.class)
class KeyResourceTest {

    @Inject World world;

    @Test
    void passwordsAreCountedUnderTheirKeyUntilNothingReadsThem() {
        var before = passwords("test");
        var slug = newTenant();
        var ann = recipient("u-1");
        ann.put("pdfPassword", "correct horse 1");
        asAdmin(slug).contentType(ContentType.JSON).body(ann).post(TENANTS + "/" + slug + "/recipients").then().statusCode(201);

        assertThat(passwords("test")).isEqualTo(before + 1);
        assertThat(key("test")).containsEntry("configured", true).containsEntry("current", true);

        asOperator().delete(TENANTS + "/" + slug).then().statusCode(204);

        assertThat(passwords("test")).isEqualTo(before);
    }

    @Test
    void aKeyThatIsMissingIsListedAsLongAsAPasswordNeedsIt() {
        var gone = "gone-" + UUID.randomUUID().toString().substring(0, 8);
        var tenant = world.tenant();
        world.recipients(tenant, 2, "k");
        world.sql("UPDATE recipient SET pdf_password = ? WHERE tenant_id = ?", gone + ":abcd", tenant.id());
        world.sql("UPDATE tenant SET pdf_password = ? WHERE id = ?", gone + ":abcd", tenant.id());

        assertThat(key(gone)).containsEntry("configured", false).containsEntry("current", false);
        assertThat(passwords(gone)).isEqualTo(3);

        world.sql("UPDATE recipient SET pdf_password = '' WHERE tenant_id = ?", tenant.id());
        world.sql("UPDATE tenant SET pdf_password = NULL WHERE id = ?", tenant.id());

        assertThat(key(gone)).isEmpty();
    }

    private static int passwords(String id) {
        return key(id).get("uses") instanceof Map<?, ?> uses && uses.get("pdfPasswords") instanceof Integer count ? count : 0;
    }

    private static Map<String, Object> key(String id) {
        List<Map<String, Object>> keys = asOperator().get("/api/v1/keys").then().statusCode(200).extract().path("keys");
        return keys.stream().filter(key -> key.get("id").equals(id)).findFirst().orElse(Map.of());
    }
}

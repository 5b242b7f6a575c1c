package io.weekly.api;

import static io.weekly.testing.Api.TENANTS;
import static io.weekly.testing.Api.asAdmin;
import static io.weekly.testing.Api.asViewer;
import static io.weekly.testing.Api.newRecipient;
import static io.weekly.testing.Api.newTenant;
import static io.weekly.testing.TestReports.order;
import static io.weekly.testing.TestReports.startRuns;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.equalTo;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.response.ValidatableResponse;
import io.weekly.testing.TestMail;
import io.weekly.testing.TestServers;
import io.weekly.testing.World;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@QuarkusTest
@QuarkusTestResource(TestServers.class)
class SuppressionResourceTest {

    @Inject
    World world;

    private String slug;
    private String user;
    private String address;

    @BeforeEach
    void aTenantWithARecipient() {
        slug = newTenant();
        user = "u" + UUID.randomUUID().toString().substring(0, 8);
        address = user + "@acme.test";
        newRecipient(slug, user);
    }

    @Test
    void aSuppressionIsReadBackInLowerCaseAndLifted() {
        var id = create(Map.of("address", user.toUpperCase(Locale.ROOT) + "@Acme.TEST", "detail", "asked us\nby phone")).statusCode(201)
                .header("Location", endsWith("/suppressions/" + idOf(address)))
                .body("address", equalTo(address)).body("reason", equalTo("manual")).body("count", equalTo(1))
                .body("detail", equalTo("asked us by phone")).extract().path("id").toString();
        asAdmin(slug).get(path() + "/" + id).then().statusCode(200).body("address", equalTo(address));

        asAdmin(slug).delete(path() + "/" + id).then().statusCode(204);

        asAdmin(slug).delete(path() + "/" + id).then().statusCode(404);
        asAdmin(slug).get(path() + "/" + id).then().statusCode(404);
        asAdmin(slug).get("/api/v1/audit?action=suppression.added").then().body("items.subject", equalTo(List.of(id)));
        asAdmin(slug).get("/api/v1/audit?action=suppression.lifted").then().body("items.subject", equalTo(List.of(id)))
                .body("items[0].actor", equalTo("user:admin")).body("items[0].detail.address", equalTo(address));
    }

    @Test
    void anAddressIsSuppressedOnceInATenant() {
        create(Map.of("address", address)).statusCode(201);

        create(Map.of("address", address, "reason", "manual")).statusCode(409);

        var other = newTenant();
        asAdmin(other).contentType(ContentType.JSON).body(Map.of("address", address)).post(path(other)).then().statusCode(201);
        asAdmin(slug).get(path() + "?address=" + address).then().body("items.id", contains(idOf(address)));
    }

    @Test
    void aRepeatedRequestGetsTheFirstAnswer() {
        var key = UUID.randomUUID().toString();

        var first = asAdmin(slug).header("Idempotency-Key", key).contentType(ContentType.JSON).body(Map.of("address", address)).post(path())
                .then().statusCode(201).extract().path("id");
        asAdmin(slug).header("Idempotency-Key", key).contentType(ContentType.JSON).body(Map.of("address", address)).post(path())
                .then().statusCode(201).body("id", equalTo(first));
    }

    @ParameterizedTest
    @CsvSource({"not an address, manual, address", "a@b.test, bounced, reason", "'', manual, address"})
    void aSuppressionThatCannotBeIsRefused(String wrong, String reason, String field) {
        create(Map.of("address", wrong, "reason", reason)).statusCode(422).body("errors.field", contains(field));
    }

    @Test
    void theListIsFilteredAndReadInPages() {
        for (var i = 0; i < 5; i++) {
            create(Map.of("address", "a" + i + "@acme.test")).statusCode(201);
        }
        world.sql("UPDATE suppression SET reason = 'bounced' WHERE address IN ('a1@acme.test', 'a3@acme.test') AND tenant_id ="
                + " (SELECT id FROM tenant WHERE slug = ?)", slug);

        var found = new ArrayList<String>();
        var cursor = "";
        while (cursor != null) {
            var page = asAdmin(slug).get(path() + "?limit=2&cursor=" + cursor).then().statusCode(200).extract();
            found.addAll(page.path("items.address"));
            cursor = page.path("next");
        }

        assertThat(found).containsExactly("a0@acme.test", "a1@acme.test", "a2@acme.test", "a3@acme.test", "a4@acme.test");
        asAdmin(slug).get(path() + "?reason=bounced").then().body("items.address", contains("a1@acme.test", "a3@acme.test"));
        asAdmin(slug).get(path() + "?address=A4@ACME.test").then().body("items.address", contains("a4@acme.test"));
        asAdmin(slug).get(path() + "?address=a5@acme.test").then().body("items", empty());
        asAdmin(slug).get(path() + "?reason=none").then().statusCode(400);
    }

    @Test
    void reportsToASuppressedAddressEndAsSuppressedAndSayHowToLiftIt() {
        var id = create(Map.of("address", address)).extract().path("id").toString();

        var ofRun = world.ended(run(), 1).getFirst();
        var ordered = world.ended(order(asViewer(slug, user), Map.of("deliver", true)).statusCode(202).extract().path("id").toString());

        for (var report : List.of(ofRun, ordered)) {
            assertThat(report.status().text()).isEqualTo("suppressed");
            assertThat(report.error()).contains("a user suppressed it").endsWith("DELETE /api/v1/tenants/" + slug + "/suppressions/" + id)
                    .doesNotContain(address);
        }
        assertThat(TestMail.to(address)).isEmpty();
        var stored = world.ended(order(asViewer(slug, user), Map.of()).statusCode(202).extract().path("id").toString());
        assertThat(stored.status().text()).isEqualTo("generated");
    }

    @Test
    void aReportInTheQueueFollowsASuppressionAndANewDeliveryFollowsItsEnd() {
        var report = world.ended(run(), 1).getFirst();
        assertThat(TestMail.to(address)).hasSize(1);
        var id = create(Map.of("address", address)).extract().path("id").toString();

        deliverAgain(report.id());
        assertThat(world.ended(report.id()).status().text()).isEqualTo("suppressed");
        assertThat(TestMail.to(address)).hasSize(1);

        asAdmin(slug).delete(path() + "/" + id).then().statusCode(204);
        deliverAgain(report.id());
        assertThat(world.ended(report.id()).status().text()).isEqualTo("delivered");
        assertThat(TestMail.to(address)).hasSize(2);
    }

    @Test
    void anInternationalDomainIsSuppressedInWhicheverFormItIsWritten() {
        create(Map.of("address", user + "@M\u00dcLLER.example")).statusCode(201).body("address", equalTo(user + "@xn--mller-kva.example"));
        asAdmin(slug).contentType(ContentType.JSON).body(Map.of("userId", user, "name", "Ann", "email", user + "@m\u00fcller.example"))
                .put(TENANTS + "/" + slug + "/recipients/" + user).then().statusCode(200);

        assertThat(world.ended(run(), 1).getFirst().status().text()).isEqualTo("suppressed");
    }

    @Test
    void anotherAddressOfTheRecipientIsNotSuppressed() {
        create(Map.of("address", address)).statusCode(201);
        var other = "new-" + address;
        asAdmin(slug).contentType(ContentType.JSON).body(Map.of("userId", user, "name", "Ann", "email", other))
                .put(TENANTS + "/" + slug + "/recipients/" + user).then().statusCode(200);

        assertThat(world.ended(run(), 1).getFirst().status().text()).isEqualTo("delivered");
        assertThat(TestMail.to(other)).hasSize(1);
    }

    private void deliverAgain(String report) {
        asAdmin(slug).post("/api/v1/reports/" + report + "/deliveries").then().statusCode(202);
    }

    private String run() {
        return startRuns(asAdmin(slug), Map.of("definition", "weekly-business", "period", "2026-W40", "deliver", true))
                .statusCode(202).extract().path("items[0].id");
    }

    private ValidatableResponse create(Map<String, ?> body) {
        return asAdmin(slug).contentType(ContentType.JSON).body(body).post(path()).then();
    }

    private String idOf(String suppressed) {
        return world.one("SELECT LOWER(HEX(id)) AS id FROM suppression WHERE address = ? AND tenant_id ="
                + " (SELECT id FROM tenant WHERE slug = '" + slug + "')", suppressed).getString("id");
    }

    private String path() {
        return path(slug);
    }

    private static String path(String slug) {
        return TENANTS + "/" + slug + "/suppressions";
    }
}

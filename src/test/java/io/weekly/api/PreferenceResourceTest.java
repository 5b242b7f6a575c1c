package io.weekly.api;

import static io.weekly.testing.Api.TENANTS;
import static io.weekly.testing.Api.as;
import static io.weekly.testing.Api.asAdmin;
import static io.weekly.testing.Api.asOperator;
import static io.weekly.testing.Api.newRecipient;
import static io.weekly.testing.Api.newTenant;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import io.weekly.api.http.Problem;
import io.weekly.dev.Outbox.Mail;
import io.weekly.testing.TestMail;
import io.weekly.testing.TestServers;
import io.weekly.testing.TestTokens;
import io.weekly.testing.World;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@QuarkusTest
@QuarkusTestResource(TestServers.class)
class PreferenceResourceTest {

    private static final String MINE = "/api/v1/me/preferences";

    @Inject
    World world;

    @Test
    void aRecipientThatChoseNothingHasNoPreferences() {
        var slug = newTenant();
        newRecipient(slug, "u-1");

        assertThat(asViewer(slug, "u-1").get(MINE).then().statusCode(200).extract().asString()).isEqualTo("{\"unsubscribed\":[]}");
    }

    @Test
    void preferencesAreReadBackAndReplacedAsAWhole() {
        var slug = newTenant();
        newRecipient(slug, "u-1");
        var until = Instant.now().plus(Duration.ofDays(20)).truncatedTo(ChronoUnit.SECONDS).toString();
        var all = Map.of(
                "formats", List.of("pdf", "pdf"), "locale", "fr", "pausedUntil", until,
                "unsubscribed", List.of("weekly-business", "weekly-business"));
        var stored = Map.of(
                "formats", List.of("pdf"), "locale", "fr", "pausedUntil", until, "unsubscribed", List.of("weekly-business"));

        put(asViewer(slug, "u-1"), all).statusCode(200).body("", equalTo(stored));
        asViewer(slug, "u-1").get(MINE).then().statusCode(200).body("", equalTo(stored));
        put(asViewer(slug, "u-1"), Map.of("locale", "de")).statusCode(200);
        asViewer(slug, "u-1").get(MINE).then().body("", equalTo(Map.of("locale", "de", "unsubscribed", List.of())));
        asAdmin(slug).get("/api/v1/audit").then().body(
                "items[0].action", equalTo("preferences.changed"), "items[0].subject", equalTo("u-1"));
    }

    @Test
    void preferencesBelongToTheCaller() {
        var slug = newTenant();
        newRecipient(slug, "u-1");
        newRecipient(slug, "u-2");
        put(asViewer(slug, "u-1"), Map.of("locale", "fr")).statusCode(200);

        asViewer(slug, "u-2").get(MINE).then().body("", equalTo(Map.of("unsubscribed", List.of())));
    }

    @Test
    void aUserWhoIsNoRecipientHasNoPreferences() {
        var slug = newTenant();
        newRecipient(slug, "u-1");
        newRecipient(slug, "admin");
        asAdmin(slug).delete(TENANTS + "/" + slug + "/recipients/u-1").then().statusCode(204);

        for (var caller : List.of(asViewer(slug, "u-1"), asViewer(slug, "nobody"), asOperator())) {
            caller.get(MINE).then().statusCode(404).contentType(Problem.MEDIA_TYPE);
        }
        for (var caller : List.of(asViewer(slug, "u-1"), asViewer(slug, "nobody"), asOperator())) {
            put(caller, Map.of("locale", "fr")).statusCode(404);
        }
        put(asAdmin(slug), Map.of("locale", "fr")).statusCode(200);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "formats | []", "formats[1] | [\"xlsx\", \"docx\"]", "formats[0] | [null]", "locale | \"not a tag\"",
        "pausedUntil | \"tomorrow\"", "pausedUntil | \"2999-01-01T00:00:00Z\"", "pausedUntil | 1800000000",
        "unsubscribed[1] | [\"weekly-business\", \"no-such\"]", "unsubscribed[0] | [null]", "unsubscribed[0] | [\"\"]",
        "unsubscribed | \"weekly-business\"", "paused | true"
    })
    void aWrongFieldIsNamed(String field, String value) {
        var slug = newTenant();
        newRecipient(slug, "u-1");
        var body = "{\"%s\": %s}".formatted(field.replaceAll("\\[.*", ""), value);

        asViewer(slug, "u-1").contentType(ContentType.JSON).body(body).put(MINE).then()
                .statusCode(422).body("errors.field", hasItem(field));
    }

    @Test
    void aPauseInThePastHasNoEffect() {
        var slug = newTenant();
        newRecipient(slug, "u-1");

        put(asViewer(slug, "u-1"), Map.of("pausedUntil", "2020-01-01T00:00:00Z"))
                .statusCode(200).body("", equalTo(Map.of("unsubscribed", List.of())));
    }

    @Test
    void aRemovedDefinitionMayStayUnsubscribed() {
        var slug = newTenant();
        newRecipient(slug, "u-1");
        put(asViewer(slug, "u-1"), Map.of()).statusCode(200);
        world.sql("""
            UPDATE preference SET unsubscribed = '["of-old"]'
            WHERE recipient_id = (SELECT rc.id FROM recipient rc JOIN tenant t ON t.id = rc.tenant_id WHERE t.slug = ?)""", slug);

        put(asViewer(slug, "u-1"), Map.of("unsubscribed", List.of("of-old", "weekly-business"))).statusCode(200);
        put(asViewer(slug, "u-1"), Map.of("unsubscribed", List.of("of-older"))).statusCode(422);
    }

    @Test
    void aRunMailsOnlyToRecipientsWhoWantIt() {
        var slug = newTenant();
        var user = "u" + UUID.randomUUID().toString().substring(0, 8);
        for (var one : List.of("-a", "-b", "-c", "-d")) {
            newRecipient(slug, user + one);
        }
        put(asViewer(slug, user + "-b"), Map.of("unsubscribed", List.of("weekly-business"))).statusCode(200);
        put(asViewer(slug, user + "-c"), Map.of("pausedUntil", Instant.now().plusSeconds(3600).toString())).statusCode(200);
        put(asViewer(slug, user + "-d"), Map.of("locale", "fr", "formats", List.of("pdf"))).statusCode(200);

        var run = run(slug, true);
        await().atMost(Duration.ofSeconds(60)).untilAsserted(() -> asAdmin(slug).get("/api/v1/runs/" + run).then()
                .body("state", equalTo("finished"))
                .body("counts", equalTo(Map.of("delivered", 2, "suppressed", 1, "skipped", 1))));

        var reports = asAdmin(slug).get("/api/v1/reports?run=" + run).then().extract().jsonPath();
        assertThat(reports.getString("items.find { it.recipient == '%s-b' }.status".formatted(user))).isEqualTo("suppressed");
        assertThat(reports.getString("items.find { it.recipient == '%s-c' }.status".formatted(user))).isEqualTo("skipped");
        assertThat(reports.getList("items.find { it.recipient == '%s-b' }.files".formatted(user))).isEmpty();
        assertThat(mails(user + "-a")).extracting(Mail::subject).singleElement().asString().contains("Ihre Zahlen");
        assertThat(mails(user + "-b")).isEmpty();
        assertThat(mails(user + "-c")).isEmpty();
        assertThat(mails(user + "-d")).extracting(Mail::subject).singleElement().asString().contains("vos chiffres");
    }

    @Test
    void preferencesDoNotPreventARunWithoutMailsOrAReportOnDemand() {
        var slug = newTenant();
        var user = "u" + UUID.randomUUID().toString().substring(0, 8);
        newRecipient(slug, user);
        put(asViewer(slug, user), Map.of(
                        "unsubscribed", List.of("weekly-business"), "pausedUntil", Instant.now().plusSeconds(3600).toString()))
                .statusCode(200);

        var reports = world.ended(run(slug, false), 1);
        var onDemand = asViewer(slug, user).contentType(ContentType.JSON)
                .body(Map.of("definition", "weekly-business", "deliver", true)).post("/api/v1/reports").path("id").toString();

        assertThat(reports.getFirst().status().text()).isEqualTo("generated");
        assertThat(world.ended(onDemand).status().text()).isEqualTo("delivered");
        assertThat(mails(user)).hasSize(1);
    }

    @Test
    void aRecipientWhoUnsubscribesBetweenGenerationAndDeliveryGetsNoMail() {
        var slug = newTenant();
        var user = "u" + UUID.randomUUID().toString().substring(0, 8);
        newRecipient(slug, user);
        var report = world.ended(run(slug, true), 1).getFirst();
        put(asViewer(slug, user), Map.of("unsubscribed", List.of("weekly-business"))).statusCode(200);
        world.sql("UPDATE report SET status = 'generated' WHERE id = UNHEX(?)", report.id());

        world.sql("""
            INSERT INTO job (lane, state, priority, turn, tenant_id, report_id, attempt, due_at, handing_over, created_at)
            SELECT 'deliver', 'ready', 0, 1, tenant_id, id, 0, NOW(6), FALSE, NOW(6) FROM report WHERE id = UNHEX(?)""", report.id());

        assertThat(world.ended(report.id()).status().text()).isEqualTo("suppressed");
        assertThat(mails(user)).hasSize(1);
    }

    private static List<Mail> mails(String user) {
        return TestMail.to(user + "@acme.test");
    }

    private static String run(String slug, boolean deliver) {
        return asAdmin(slug).contentType(ContentType.JSON)
                .body(Map.of("definition", "weekly-business", "period", "2026-W40", "deliver", deliver))
                .post("/api/v1/runs").then().statusCode(202).extract().path("items[0].id");
    }

    private static ValidatableResponse put(RequestSpecification caller, Map<String, ?> preferences) {
        return caller.contentType(ContentType.JSON).body(preferences).put(MINE).then();
    }

    private static RequestSpecification asViewer(String slug, String user) {
        return as(TestTokens.viewer(slug, user));
    }
}

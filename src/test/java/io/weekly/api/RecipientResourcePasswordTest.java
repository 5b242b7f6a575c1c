package io.weekly.api;

import static io.weekly.testing.Api.TENANTS;
import static io.weekly.testing.Api.asAdmin;
import static io.weekly.testing.Api.asNdjson;
import static io.weekly.testing.Api.asOperator;
import static io.weekly.testing.Api.asViewer;
import static io.weekly.testing.TestReports.done;
import static io.weekly.testing.TestReports.newTenantWithFigures;
import static io.weekly.testing.TestReports.order;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasKey;
import static org.hamcrest.Matchers.not;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import io.restassured.response.ValidatableResponse;
import io.weekly.testing.TestDefinitions;
import io.weekly.testing.World;
import jakarta.inject.Inject;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.openpdf.text.exceptions.BadPasswordException;
import org.openpdf.text.pdf.PdfReader;

/** The password of a PDF: it is set by a request, it opens the PDF, and it is stored nowhere in plain text. */
@QuarkusTest
@TestProfile(TestDefinitions.class)
class RecipientResourcePasswordTest {

    private static final String OWN = "correct horse 1";
    private static final String OF_TENANT = "battery staple 2";

    @Inject World world;

    @Test
    void withAPasswordOnlyThePdfIsMadeAndItOpensOnlyWithThePassword() throws IOException {
        var slug = newTenantWithFigures("u-1");
        put(slug, Map.of("pdfPassword", OWN)).statusCode(200).body("pdfProtected", equalTo(true)).body("$", not(hasKey("pdfPassword")));

        var report = done(slug, order(asViewer(slug, "u-1"), Map.of("formats", List.of("xlsx", "csv", "pdf"))));

        report.then().body("files.format", equalTo(List.of("pdf")));
        opensWith(pdf(slug, report), OWN);
        asViewer(slug, "u-1").get("/api/v1/reports/" + report.path("id") + "/events").then()
                .body("items.detail.protected", hasItem(true)).body(not(containsString(OWN)));
    }

    @Test
    void aRequestWithoutAPasswordKeepsItAndNullRemovesIt() {
        var slug = newTenantWithFigures("u-1");
        put(slug, Map.of("pdfPassword", OWN)).body("pdfProtected", equalTo(true));

        put(slug, Map.of("name", "Another")).body("pdfProtected", equalTo(true));
        upload(slug, "{\"userId\": \"u-1\", \"name\": \"Again\", \"email\": \"u-1@acme.test\"}");
        get(slug).body("name", equalTo("Again")).body("pdfProtected", equalTo(true));

        var none = new HashMap<String, Object>();
        none.put("pdfPassword", null);
        put(slug, none).body("$", not(hasKey("pdfProtected")));
        upload(slug, "{\"userId\": \"u-1\", \"name\": \"A\", \"email\": \"u-1@acme.test\", \"pdfPassword\": \"%s\"}".formatted(OWN));
        get(slug).body("pdfProtected", equalTo(true));
    }

    @Test
    void thePasswordOfTheTenantAppliesToRecipientsWithoutOne() throws IOException {
        var slug = newTenantWithFigures("u-1", "u-2");
        var tenant = asOperator().get(TENANTS + "/" + slug).as(Map.class);
        var with = new HashMap<String, Object>(tenant);
        with.put("pdfPassword", OF_TENANT);
        asOperator().contentType(ContentType.JSON).body(with).put(TENANTS + "/" + slug).then()
                .statusCode(200).body("pdfProtected", equalTo(true)).body("$", not(hasKey("pdfPassword")));
        asOperator().contentType(ContentType.JSON).body(tenant).put(TENANTS + "/" + slug).then()
                .statusCode(200).body("pdfProtected", equalTo(true));
        put(slug, Map.of("pdfPassword", OWN));

        opensWith(pdf(slug, done(slug, order(asViewer(slug, "u-1"), Map.of()))), OWN);
        var other = order(asAdmin(slug), Map.of("recipient", "u-2")).statusCode(202).extract().path("id").toString();
        await().atMost(Duration.ofSeconds(40))
                .until(() -> asAdmin(slug).get("/api/v1/reports/" + other).path("done"));
        opensWith(asAdmin(slug).get("/api/v1/reports/" + other + "/files/pdf").asByteArray(), OF_TENANT);
    }

    @Test
    void aPasswordIsInNoRowAndNoResponse() {
        var slug = newTenantWithFigures("u-1");
        var secret = "only here " + slug;
        var key = "key-" + slug;
        var recipient = Map.of("userId", "u-9", "name", "Nine", "email", "u-9@acme.test", "pdfPassword", secret);

        post(slug, key, recipient).statusCode(201).body(not(containsString(secret)));
        post(slug, key, recipient).statusCode(201).header("Idempotency-Replayed", equalTo("true"));
        var other = new HashMap<String, Object>(recipient);
        other.put("pdfPassword", secret + "!");
        post(slug, key, other).statusCode(422).body("errors.field", hasItem("Idempotency-Key"));
        put(slug, Map.of("pdfPassword", "x\u0007" + secret)).statusCode(422).body(not(containsString(secret)));

        var like = "%" + secret + "%";
        var encrypted = "SELECT COUNT(*) AS n FROM recipient WHERE pdf_password LIKE 'test:%' AND user_id = 'u-9' AND name = ?";
        assertThat(world.count(encrypted, "Nine"))
                .isPositive();
        assertThat(world.count("SELECT COUNT(*) AS n FROM recipient WHERE pdf_password LIKE ?", like)).isZero();
        assertThat(world.count("SELECT COUNT(*) AS n FROM audit_event WHERE detail LIKE ?", like)).isZero();
        assertThat(world.count("SELECT COUNT(*) AS n FROM idempotency_key WHERE body LIKE ? OR headers LIKE ?", like, like)).isZero();
    }

    private static void opensWith(byte[] pdf, String password) throws IOException {
        assertThatThrownBy(() -> new PdfReader(pdf)).isInstanceOf(BadPasswordException.class);
        try (var reader = new PdfReader(pdf, password.getBytes())) {
            assertThat(reader.getNumberOfPages()).isPositive();
        }
    }

    private static byte[] pdf(String slug, Response report) {
        return asViewer(slug, "u-1").get("/api/v1/reports/" + report.path("id") + "/files/pdf").asByteArray();
    }

    private static ValidatableResponse get(String slug) {
        return asAdmin(slug).get(TENANTS + "/" + slug + "/recipients/u-1").then().statusCode(200);
    }

    private static ValidatableResponse put(String slug, Map<String, Object> fields) {
        var body = new HashMap<String, Object>(Map.of("name", "Ann", "email", "u-1@acme.test"));
        body.putAll(fields);
        return asAdmin(slug).contentType(ContentType.JSON).body(body).put(TENANTS + "/" + slug + "/recipients/u-1").then();
    }

    private static ValidatableResponse post(String slug, String key, Map<String, ?> recipient) {
        return asAdmin(slug).contentType(ContentType.JSON).header("Idempotency-Key", key).body(recipient)
                .post(TENANTS + "/" + slug + "/recipients").then();
    }

    private static void upload(String slug, String line) {
        asNdjson(slug).body(line.getBytes()).put(TENANTS + "/" + slug + "/recipients").then()
                .statusCode(200).body("rejectedCount", equalTo(0));
    }
}

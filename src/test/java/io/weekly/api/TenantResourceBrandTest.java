package io.weekly.api;

import static io.weekly.testing.Api.TENANTS;
import static io.weekly.testing.Api.as;
import static io.weekly.testing.Api.asAdmin;
import static io.weekly.testing.Api.asNdjson;
import static io.weekly.testing.Api.asOperator;
import static io.weekly.testing.MailParts.is;
import static io.weekly.testing.MailParts.only;
import static io.weekly.testing.MailParts.parts;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.config.EncoderConfig;
import io.restassured.config.RestAssuredConfig;
import io.restassured.http.ContentType;
import io.vertx.core.buffer.Buffer;
import io.weekly.audit.Sha256;
import io.weekly.report.Period;
import io.weekly.tenant.logo.Images;
import io.weekly.tenant.logo.Logo;
import io.weekly.testing.Api;
import io.weekly.testing.TestMail;
import io.weekly.testing.TestServers;
import io.weekly.testing.TestTokens;
import io.weekly.testing.World;
import jakarta.inject.Inject;
import jakarta.mail.Multipart;
import jakarta.mail.Part;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.openpdf.text.pdf.PdfDictionary;
import org.openpdf.text.pdf.PdfName;
import org.openpdf.text.pdf.PdfReader;
import org.openpdf.text.pdf.parser.PdfTextExtractor;

/** The brand of a tenant and the language of a recipient, from the API to the PDF and the received mail. */
@QuarkusTest
@QuarkusTestResource(TestServers.class)
class TenantResourceBrandTest {

    private static final String REPORTS = "/api/v1/reports";
    private static final String PERIOD = "2026-W40";
    private static final byte[] PNG = Images.png(200, 40);

    @Inject
    World world;

    @Test
    void theLogoIsInTheReportAndInsideTheMail() throws Exception {
        var slug = tenant(Map.of());
        var address = recipient(slug, "u-1", null);
        putLogo(slug, Logo.PNG, PNG);

        var id = order(slug, "u-1", true);
        var mail = mailTo(address);

        assertThat(images(pdf(slug, id))).isEqualTo(1);
        var related = only(parts(mail), "multipart/related");
        var inside = (Multipart) related.getContent();
        assertThat(inside.getBodyPart(0).isMimeType("text/html")).isTrue();
        assertThat((String) inside.getBodyPart(0).getContent()).contains("src=\"cid:logo@weekly-reports\"").doesNotContain("src=\"data:");
        assertThat(inside.getBodyPart(1).getHeader("Content-ID")).containsExactly("<logo@weekly-reports>");
        assertThat(inside.getBodyPart(1).getDisposition()).isEqualTo(Part.INLINE);
        assertThat(inside.getBodyPart(1).getInputStream().readAllBytes()).isEqualTo(PNG);
        assertThat(only(parts(mail), "application/pdf").getDisposition()).isEqualTo(Part.ATTACHMENT);
    }

    @Test
    void aMailThatIsSentLaterHasTheLogoItWasComposedWith() throws Exception {
        var slug = tenant(Map.of());
        var address = recipient(slug, "u-1", null);
        putLogo(slug, Logo.PNG, PNG);
        var id = order(slug, "u-1", false);

        asAdmin(slug).delete(logo(slug)).then().statusCode(204);
        asAdmin(slug).post(REPORTS + "/" + id + "/deliveries").then().statusCode(202);

        assertThat(only(parts(mailTo(address)), Logo.PNG).getInputStream().readAllBytes()).isEqualTo(PNG);
    }

    @Test
    void anSvgLogoIsInTheReportAndTheMailHasTheNameInstead() throws Exception {
        var slug = tenant(Map.of());
        var address = recipient(slug, "u-1", null);
        putLogo(slug, Logo.SVG, Images.svg("<text y='9' font-size='3'>Vector Acme</text>").getBytes());

        var id = order(slug, "u-1", true);

        assertThat(text(pdf(slug, id))).contains("Vector Acme");
        assertThat(parts(mailTo(address))).noneMatch(part -> is(part, "image/*")).noneMatch(part -> is(part, "multipart/related"));
        assertThat((String) only(parts(mailTo(address)), "text/html").getContent()).contains("Acme").doesNotContain("<img");
    }

    @Test
    void theNextReportHasAChangedLogoAndNotARemovedOne() throws Exception {
        var slug = tenant(Map.of());
        recipient(slug, "u-1", null);
        putLogo(slug, Logo.SVG, Images.svg("<text y='9' font-size='3'>First</text>").getBytes());
        assertThat(text(pdf(slug, order(slug, "u-1", false)))).contains("First");

        putLogo(slug, Logo.SVG, Images.svg("<text y='9' font-size='3'>Second</text>").getBytes());
        assertThat(text(pdf(slug, order(slug, "u-1", false)))).contains("Second").doesNotContain("First");

        asAdmin(slug).delete(logo(slug)).then().statusCode(204);
        assertThat(text(pdf(slug, order(slug, "u-1", false)))).doesNotContain("First").doesNotContain("Second");
    }

    @Test
    void aLogoThatCannotBeDrawnDoesNotPreventTheReport() throws Exception {
        var slug = tenant(Map.of());
        recipient(slug, "u-1", null);
        putLogo(slug, Logo.PNG, Images.png(200, 40));
        // An upload would refuse it. A logo that was stored by an older version may be like this: it has too few pixels.
        var stored = Images.pngWithoutPixels(200, 40);
        world.sql("UPDATE logo l JOIN tenant t ON t.id = l.tenant_id SET l.bytes = ?, l.sha256 = ? WHERE t.slug = ?",
                Buffer.buffer(stored), Sha256.hex(stored), slug);

        assertThat(images(pdf(slug, order(slug, "u-1", false)))).isZero();
    }

    @Test
    void theMailHasTheSenderAndReplyToOfTheTenant() throws Exception {
        var named = tenant(Map.of("sender", Map.of("name", "Müller, „Söhne“ \"& Co\" 🎉", "replyTo", "service@acme.test")));
        var plain = tenant(Map.of("sender", Map.of("name", "Acme, Inc.")));
        var unnamed = tenant(Map.of());

        var fromNamed = sent(named);
        assertThat(from(fromNamed).getPersonal()).isEqualTo("Müller, „Söhne“ \"& Co\" 🎉");
        assertThat(fromNamed.getReplyTo()).containsExactly(new InternetAddress("service@acme.test"));
        var fromPlain = sent(plain);
        assertThat(from(fromPlain).getPersonal()).isEqualTo("Acme, Inc.");
        assertThat(fromPlain.getHeader("Reply-To")).isNull();
        assertThat(from(sent(unnamed)).getPersonal()).isEqualTo("Acme");
        assertThat(from(sent(tenant(Map.of("sender", Map.of("name", "<>"))))).getPersonal()).as("nothing of it is seen").isEqualTo("Acme");
        assertThat(from(fromPlain).getAddress()).isEqualTo(from(fromNamed).getAddress());
        var lines = Api.tenant("other");
        lines.put("sender", Map.of("name", "Acme\r\nBcc: all@acme.test"));
        asOperator().contentType(ContentType.JSON).body(lines).post(TENANTS).then().statusCode(422);
    }

    @Test
    void eachRecipientGetsTheirOwnLanguageOrThatOfTheTenant() throws Exception {
        var slug = tenant(Map.of("locale", "de-DE"));
        recipient(slug, "u-tenant", null);
        recipient(slug, "u-platform", "fr-FR");
        recipient(slug, "u-chosen", "fr-FR");
        recipient(slug, "u-unknown", "ja");
        as(TestTokens.viewer(slug, "u-chosen")).contentType(ContentType.JSON).body(Map.of("locale", "pl", "unsubscribed", List.of()))
                .put("/api/v1/me/preferences").then().statusCode(200);

        var german = text(pdf(slug, order(slug, "u-tenant", false)));
        var french = text(pdf(slug, order(slug, "u-platform", false)));
        var polish = text(pdf(slug, order(slug, "u-chosen", false)));
        var english = text(pdf(slug, order(slug, "u-unknown", false)));

        assertThat(german).contains("Woche 40, 2026").contains("28. September 2026").contains("12.345");
        assertThat(french).contains("Semaine 40, 2026").contains("28 septembre 2026").containsPattern("12\\h+345");
        assertThat(polish).contains("Tydzień 40, 2026").contains("28 września 2026").containsPattern("12\\h+345");
        assertThat(english).contains("Week 40, 2026").contains("September 28, 2026").contains("12,345").doesNotContain("\ufffd");
    }

    private static MimeMessage sent(String slug) throws Exception {
        var address = recipient(slug, "u-1", null);
        order(slug, "u-1", true);
        return mailTo(address);
    }

    private static InternetAddress from(MimeMessage mail) throws Exception {
        return (InternetAddress) mail.getFrom()[0];
    }

    /** A tenant with a figure for the reported week. */
    private static String tenant(Map<String, Object> more) {
        var slug = Api.newSlug();
        var tenant = Api.tenant(slug);
        tenant.putAll(more);
        asOperator().contentType(ContentType.JSON).body(tenant).post(TENANTS).then().statusCode(201);
        var figures = "{\"metric\": \"revenue\", \"day\": \"%s\", \"value\": 12345}".formatted(Period.parse(PERIOD).monday());
        asNdjson(slug).body(figures.getBytes()).post(TENANTS + "/" + slug + "/metrics").then().statusCode(200);
        return slug;
    }

    private static String recipient(String slug, String userId, String locale) {
        var recipient = new HashMap<>(Api.recipient(userId));
        var address = userId + "-" + UUID.randomUUID() + "@acme.test";
        recipient.put("email", address);
        if (locale != null) {
            recipient.put("locale", locale);
        }
        asAdmin(slug).contentType(ContentType.JSON).body(recipient).post(TENANTS + "/" + slug + "/recipients").then().statusCode(201);
        return address;
    }

    private static void putLogo(String slug, String mediaType, byte[] bytes) {
        var asIs = EncoderConfig.encoderConfig().appendDefaultContentCharsetToContentTypeIfUndefined(false);
        var status = asAdmin(slug).config(RestAssuredConfig.config().encoderConfig(asIs))
                .header("Content-Type", mediaType).body(bytes).put(logo(slug)).statusCode();
        assertThat(status).isIn(200, 201, 204);
    }

    private static String logo(String slug) {
        return TENANTS + "/" + slug + "/logo";
    }

    /** Orders a report. Returns its id when it is generated or, if it is mailed, delivered. */
    private static String order(String slug, String userId, boolean deliver) {
        var order = Map.of("definition", "weekly-business", "period", PERIOD, "recipient", userId, "deliver", deliver);
        String id = asAdmin(slug).contentType(ContentType.JSON).body(order).post(REPORTS).then().statusCode(202).extract().path("id");
        var end = deliver ? "delivered" : "generated";
        await().atMost(Duration.ofSeconds(40)).until(() -> asAdmin(slug).get(REPORTS + "/" + id).path("status"), end::equals);
        return id;
    }

    private static PdfReader pdf(String slug, String id) throws Exception {
        return new PdfReader(asAdmin(slug).get(REPORTS + "/" + id + "/files/pdf").then().statusCode(200).extract().asByteArray());
    }

    private static String text(PdfReader pdf) throws Exception {
        return new PdfTextExtractor(pdf).getTextFromPage(1);
    }

    private static int images(PdfReader pdf) {
        PdfDictionary objects = pdf.getPageN(1).getAsDict(PdfName.RESOURCES).getAsDict(PdfName.XOBJECT);
        return objects == null ? 0 : objects.size();
    }

    private static MimeMessage mailTo(String address) {
        return await().atMost(Duration.ofSeconds(40)).until(() -> TestMail.messagesTo(address), found -> !found.isEmpty()).getFirst();
    }
}

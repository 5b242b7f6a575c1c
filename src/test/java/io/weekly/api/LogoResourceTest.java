package io.weekly.api;

import static io.weekly.testing.Api.TENANTS;
import static io.weekly.testing.Api.as;
import static io.weekly.testing.Api.asAdmin;
import static io.weekly.testing.Api.asOperator;
import static io.weekly.testing.Api.newTenant;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.notNullValue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.config.EncoderConfig;
import io.restassured.config.RestAssuredConfig;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import io.weekly.api.http.Problem;
import io.weekly.tenant.logo.Images;
import io.weekly.tenant.logo.Logo;
import io.weekly.testing.TestServers;
import io.weekly.testing.TestTokens;
import io.weekly.testing.World;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@QuarkusTestResource(TestServers.class)
class LogoResourceTest {

    private static final byte[] PNG = Images.png(40, 20);
    private static final byte[] SVG = Images.svg("<rect width='5' height='5'/>").getBytes();

    @Inject
    World world;

    @Test
    void aLogoIsStoredReplacedReadAndRemoved() {
        var slug = newTenant();
        asAdmin(slug).get(logo(slug)).then().statusCode(404).contentType(Problem.MEDIA_TYPE);

        put(asAdmin(slug), slug, Logo.PNG, PNG).statusCode(201).header("Location", equalTo(logo(slug)));
        assertThat(asAdmin(slug).get(logo(slug)).then().statusCode(200).contentType(Logo.PNG)
                .header("X-Content-Type-Options", "nosniff")
                .header("Content-Security-Policy", equalTo("default-src 'none'; frame-ancestors 'none'"))
                .extract().asByteArray()).isEqualTo(PNG);
        put(asOperator(), slug, Logo.JPEG, Images.jpeg(9, 9)).statusCode(204);
        put(asAdmin(slug), slug, Logo.PNG, PNG).statusCode(204);
        put(asAdmin(slug), slug, Logo.SVG, SVG).statusCode(200);
        var answer = asAdmin(slug).get(logo(slug)).then().statusCode(200)
                .header("Content-Type", Logo.SVG).header("X-Content-Type-Options", "nosniff")
                .header("Content-Security-Policy", "default-src 'none'; sandbox").extract();
        assertThat(answer.asByteArray()).isEqualTo(SVG);
        asAdmin(slug).header("If-None-Match", answer.header("ETag")).get(logo(slug)).then()
                .statusCode(304).header("ETag", answer.header("ETag"));
        asAdmin(slug).delete(logo(slug)).then().statusCode(204);
        asAdmin(slug).delete(logo(slug)).then().statusCode(404);
        asAdmin(slug).get(logo(slug)).then().statusCode(404);

        assertThat(world.events(slug)).containsExactly(
                "tenant.created", "tenant.logo-set", "tenant.logo-set", "tenant.logo-set", "tenant.logo-set", "tenant.logo-removed");
    }

    @ParameterizedTest
    @ValueSource(strings = {"image/gif", "application/octet-stream", "text/html", "image/webp", "application/json"})
    void anotherMediaTypeIsRefused(String mediaType) {
        var slug = newTenant();

        put(asAdmin(slug), slug, mediaType, PNG).statusCode(415).contentType(Problem.MEDIA_TYPE);
    }

    @Test
    void bytesThatDoNotMatchTheMediaTypeAreRefusedWithTheReason() {
        var slug = newTenant();
        var script = Images.svg("<script>alert(1)</script>").getBytes();

        put(asAdmin(slug), slug, Logo.JPEG, PNG).statusCode(422)
                .body("errors[0].field", equalTo("logo")).body("errors[0].message", containsString("image/png"));
        put(asAdmin(slug), slug, Logo.PNG, Arrays.copyOf(PNG, PNG.length - 5)).statusCode(422)
                .body("errors[0].message", equalTo("breaks off"));
        put(asAdmin(slug), slug, Logo.SVG + ";charset=utf-8", script).statusCode(422).body("errors[0].message", containsString("script"));
        put(asAdmin(slug), slug, Logo.PNG, new byte[0]).statusCode(422);
        asAdmin(slug).get(logo(slug)).then().statusCode(404);
    }

    @Test
    void theAnswerWarnsIfMailsLeaveTheLogoOut() {
        var slug = newTenant();
        var large = Images.png(40, 20, 64 * 1024 + 1);

        put(asAdmin(slug), slug, Logo.PNG, PNG).statusCode(201).body("warnings", empty());
        put(asAdmin(slug), slug, Logo.PNG, large).statusCode(200).header("ETag", notNullValue())
                .body("warnings[0].code", equalTo("logo-not-in-mails")).body("warnings[0].message", containsString("65537 bytes"));
        put(asAdmin(slug), slug, Logo.SVG, SVG).statusCode(200).body("warnings[0].message", containsString("mail programs show no SVG"));
        put(asAdmin(slug), slug, Logo.PNG, Images.png(40, 20, 64 * 1024)).statusCode(204);
        asAdmin(slug).delete(logo(slug)).then().statusCode(204);
        put(asAdmin(slug), slug, Logo.SVG, SVG).statusCode(201).body("warnings.code", contains("logo-not-in-mails"));
    }

    @Test
    void theAnswerWarnsIfTheFontDoesNotHaveAllCharacters() {
        var slug = newTenant();
        var svg = new String(SVG, StandardCharsets.UTF_8).replace("</svg>", "<text y=\"9\">株式会社</text></svg>");

        put(asAdmin(slug), slug, Logo.SVG, svg.getBytes(StandardCharsets.UTF_8)).statusCode(201)
                .body("warnings.code", contains("logo-not-in-mails", "missing-characters"));
    }

    @Test
    void aLogoThatReportsCannotDrawIsRefusedWithTheReason() {
        var slug = newTenant();
        var twelveBits = Images.jpeg(40, 20);
        twelveBits[Images.frame(twelveBits) + 4] = 12;

        put(asAdmin(slug), slug, Logo.PNG, Images.png(2_000, 1_001)).statusCode(422)
                .body("errors[0].message", equalTo("has 2000 × 1001 pixels; the maximum is 2000000 in total"));
        put(asAdmin(slug), slug, Logo.JPEG, twelveBits).statusCode(422)
                .body("errors[0].message", equalTo("has 12 bits per colour; a JPEG must have 8"));
        put(asAdmin(slug), slug, Logo.SVG, Images.svg("<g id='a'><use href='#a'/></g>").getBytes()).statusCode(422)
                .body("errors[0].message", containsString("draws more than"));
        asAdmin(slug).get(logo(slug)).then().statusCode(404);
    }

    @ParameterizedTest
    @ValueSource(ints = {Logo.MAX_BYTES + 1, 2_000_000})
    void whatIsTooLargeIsRefused(int bytes) {
        var slug = newTenant();

        put(asAdmin(slug), slug, Logo.PNG, Arrays.copyOf(PNG, bytes)).statusCode(413).contentType(Problem.MEDIA_TYPE);
    }

    @Test
    void aLogoOfTheMaximumSizeIsAccepted() {
        var slug = newTenant();
        var comment = "<!--" + "x".repeat(Logo.MAX_BYTES - SVG.length - 7) + "-->";
        var svg = Images.svg("<rect width='5' height='5'/>" + comment).getBytes();

        assertThat(svg).hasSize(Logo.MAX_BYTES);
        put(asAdmin(slug), slug, Logo.SVG, svg).statusCode(201);
        assertThat(asAdmin(slug).get(logo(slug)).asByteArray()).isEqualTo(svg);
    }

    @Test
    void onlyAdministratorsOfTheTenantChangeItsLogo() {
        var slug = newTenant();
        var other = newTenant();

        put(asAdmin(other), slug, Logo.PNG, PNG).statusCode(404);
        put(as(TestTokens.viewer(slug, "u-1")), slug, Logo.PNG, PNG).statusCode(403);
        as(TestTokens.viewer(slug, "u-1")).get(logo(slug)).then().statusCode(403);
        asAdmin(other).delete(logo(slug)).then().statusCode(404);
    }

    private static ValidatableResponse put(RequestSpecification caller, String slug, String mediaType, byte[] bytes) {
        var asIs = EncoderConfig.encoderConfig().appendDefaultContentCharsetToContentTypeIfUndefined(false);
        return caller.config(RestAssuredConfig.config().encoderConfig(asIs))
                .header("Content-Type", mediaType).body(bytes).put(logo(slug)).then();
    }

    private static String logo(String slug) {
        return TENANTS + "/" + slug + "/logo";
    }
}

package io.weekly.testing;

import static io.restassured.RestAssured.given;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.restassured.config.EncoderConfig;
import io.restassured.config.RestAssuredConfig;
import io.restassured.http.ContentType;
import io.restassured.specification.RequestSpecification;
import io.weekly.api.upload.Uploads;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;

/** Calls of the API like those of the platform. Each test makes its own tenants, so that tests do not affect each other. */
public final class Api {

    public static final String TENANTS = "/api/v1/tenants";

    private Api() {}

    public static RequestSpecification as(String token) {
        return anonymous().auth().oauth2(token);
    }

    /** Without a token. Like all calls here, the response is checked against the API description. */
    public static RequestSpecification anonymous() {
        return given().urlEncodingEnabled(false).filter(new DescriptionFilter());
    }

    /** Without that check: the service accepts more than its description promises. */
    public static RequestSpecification asAdminWithoutDescription(String tenant) {
        return given().auth().oauth2(TestTokens.tenantAdmin(tenant, "admin"));
    }

    public static RequestSpecification asOperatorWithoutDescription() {
        return given().urlEncodingEnabled(false).auth().oauth2(TestTokens.operator());
    }

    public static RequestSpecification asOperator() {
        return as(TestTokens.operator());
    }

    public static RequestSpecification asAdmin(String tenant) {
        return as(TestTokens.tenantAdmin(tenant, "admin"));
    }

    public static String newSlug() {
        return "t-" + Long.toString(ThreadLocalRandom.current().nextLong(Long.MAX_VALUE), 36);
    }

    public static String newTenant() {
        var slug = newSlug();
        asOperator().contentType(ContentType.JSON).body(tenant(slug)).post(TENANTS).then().statusCode(201);
        return slug;
    }

    public static Map<String, Object> tenant(String slug) {
        return new HashMap<>(Map.of(
                "slug", slug, "name", "Acme", "zone", "Europe/Berlin", "locale", "de-DE", "brand", Map.of("color", "#1a2b3c")));
    }

    public static Map<String, Object> recipient(String userId) {
        return new HashMap<>(Map.of("userId", userId, "name", "Ann", "email", userId + "@acme.test"));
    }

    public static Map<String, Object> schedule() {
        return new HashMap<>(Map.of(
                "definition", "weekly-business", "weekday", "monday", "time", "06:30", "windowMinutes", 0,
                "formats", List.of("pdf"), "delivery", "attachment", "owner", "owner@acme.test", "catchUp", "latest",
                "approval", "none", "paused", false));
    }

    public static void newRecipient(String tenant, String userId) {
        asAdmin(tenant).contentType(ContentType.JSON).body(recipient(userId)).post(TENANTS + "/" + tenant + "/recipients")
                .then().statusCode(201);
    }

    public static RequestSpecification asViewer(String tenant, String user) {
        return as(TestTokens.viewer(tenant, user));
    }

    /** For uploads. RestAssured sends the body as text, without a charset of its own. */
    public static RequestSpecification asNdjson(String slug) {
        var encoder = EncoderConfig.encoderConfig()
                .encodeContentTypeAs(Uploads.MEDIA_TYPE, ContentType.TEXT)
                .appendDefaultContentCharsetToContentTypeIfUndefined(false);
        return asAdmin(slug).config(RestAssuredConfig.config().encoderConfig(encoder)).contentType(Uploads.MEDIA_TYPE);
    }

    public static String withField(String json, String field, String value) {
        try {
            var mapper = new ObjectMapper();
            var tree = mapper.readTree(json);
            var node = (ObjectNode)
                    (field.contains(".") ? tree.get(field.substring(0, field.indexOf('.'))) : tree);
            node.set(field.substring(field.indexOf('.') + 1), mapper.readTree(value));
            return tree.toString();
        } catch (JsonProcessingException e) {
            throw new AssertionError(e);
        }
    }
}

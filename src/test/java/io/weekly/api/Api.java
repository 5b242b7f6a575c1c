package io.weekly.api;

import static io.restassured.RestAssured.given;

import io.restassured.http.ContentType;
import io.restassured.specification.RequestSpecification;
import io.weekly.testing.TestTokens;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;

/** Calls as the platform would make them. Every test makes tenants of its own, so that none meets another's. */
final class Api {

    static final String TENANTS = "/api/v1/tenants";

    private Api() {}

    static RequestSpecification as(String token) {
        return anonymous().auth().oauth2(token);
    }

    /** Without a token. As all calls here, its answer is held against the service's description of itself. */
    static RequestSpecification anonymous() {
        return given().urlEncodingEnabled(false).filter(new HeldToDescription());
    }

    /** What the service takes beyond what it promises is not in its description. */
    static RequestSpecification asAdminWithoutDescription(String tenant) {
        return given().auth().oauth2(TestTokens.tenantAdmin(tenant, "admin"));
    }

    static RequestSpecification asOperatorWithoutDescription() {
        return given().urlEncodingEnabled(false).auth().oauth2(TestTokens.operator());
    }

    static RequestSpecification asOperator() {
        return as(TestTokens.operator());
    }

    static RequestSpecification asAdmin(String tenant) {
        return as(TestTokens.tenantAdmin(tenant, "admin"));
    }

    static String newSlug() {
        return "t-" + Long.toString(ThreadLocalRandom.current().nextLong(Long.MAX_VALUE), 36);
    }

    static String newTenant() {
        var slug = newSlug();
        asOperator().contentType(ContentType.JSON).body(tenant(slug)).post(TENANTS).then().statusCode(201);
        return slug;
    }

    static Map<String, Object> tenant(String slug) {
        return new HashMap<>(Map.of(
                "slug", slug, "name", "Acme", "zone", "Europe/Berlin", "locale", "de-DE", "brand", Map.of("color", "#1a2b3c")));
    }

    static Map<String, Object> recipient(String userId) {
        return new HashMap<>(Map.of("userId", userId, "name", "Ann", "email", userId + "@acme.test"));
    }

    static Map<String, Object> schedule() {
        return new HashMap<>(Map.of(
                "definition", "weekly-business", "weekday", "monday", "time", "06:30", "windowMinutes", 0,
                "formats", List.of("pdf"), "delivery", "attachment", "owner", "owner@acme.test", "catchUp", "latest",
                "approval", "none", "paused", false));
    }

    static void newRecipient(String tenant, String userId) {
        asAdmin(tenant).contentType(ContentType.JSON).body(recipient(userId)).post(TENANTS + "/" + tenant + "/recipients")
                .then().statusCode(201);
    }
}

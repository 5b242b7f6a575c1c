package io.weekly.api.upload;

import static io.weekly.testing.Api.TENANTS;
import static io.weekly.testing.Api.asAdmin;
import static io.weekly.testing.Api.asNdjson;

import io.restassured.response.ValidatableResponse;
import java.util.List;

/** Uploads of recipients, as the tests of this package send them. */
final class UploadCalls {

    private UploadCalls() {}

    static String line(String userId) {
        return "{\"userId\": \"%s\", \"name\": \"Ann\", \"email\": \"ann@acme.test\"}".formatted(userId);
    }

    static ValidatableResponse putRecipients(String slug, byte[] body) {
        return asNdjson(slug).body(body).put(TENANTS + "/" + slug + "/recipients").then();
    }

    static List<String> userIds(String slug) {
        return asAdmin(slug).get(TENANTS + "/" + slug + "/recipients").then().extract().jsonPath().getList("items.userId");
    }
}

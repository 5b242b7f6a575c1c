package io.weekly.api;

import static io.weekly.testing.Api.TENANTS;
import static io.weekly.testing.Api.asAdmin;
import static io.weekly.testing.Api.asNdjson;
import static io.weekly.testing.Api.asOperator;
import static io.weekly.testing.Api.asOperatorWithoutDescription;
import static io.weekly.testing.Api.asViewer;
import static io.weekly.testing.Api.newRecipient;
import static io.weekly.testing.Api.newSlug;
import static io.weekly.testing.Api.newTenant;
import static io.weekly.testing.Api.recipient;
import static io.weekly.testing.Api.tenant;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.weekly.testing.TestServers;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Answers that warn of a name or locale that reports cannot show: of a tenant, a recipient, a preference and an upload. */
@QuarkusTest
@QuarkusTestResource(TestServers.class)
class TenantResourceWarningsTest {

    @ParameterizedTest
    @ValueSource(strings = {"شركة النور", "株式会社山田", "Acme 🚀"})
    void aTenantWithANameThatTheFontDoesNotHaveIsStoredWithAWarning(String name) {
        var tenant = tenant(newSlug());
        tenant.put("name", name);

        asOperator().contentType(ContentType.JSON + "; charset=UTF-8").body(tenant).post(TENANTS).then().statusCode(201)
                .body("name", equalTo(name))
                .body("warnings.code", equalTo(List.of("missing-characters")))
                .body("warnings[0].message", containsString("Characters of the name that the font of the PDF does not have"));
    }

    @Test
    void anAnswerWithAWarningCanBeSentBack() {
        var slug = newSlug();
        var tenant = tenant(slug);
        tenant.put("locale", "ar");
        var answer = asOperator().contentType(ContentType.JSON).body(tenant).post(TENANTS).then().statusCode(201)
                .body("warnings.code", equalTo(List.of("locale-not-shown"))).extract().as(Map.class);
        answer.put("locale", "de");

        asOperatorWithoutDescription().contentType(ContentType.JSON).body(answer).put(TENANTS + "/" + slug).then().statusCode(200)
                .body("warnings", nullValue());
    }

    @Test
    void aRecipientWithSuchANameOrLocaleIsStoredWithAWarning() {
        var list = TENANTS + "/" + newTenant() + "/recipients";
        var slug = list.split("/")[4];
        var recipient = recipient("u-1");
        recipient.put("name", "山田太郎");
        recipient.put("locale", "ja-JP");

        asAdmin(slug).contentType(ContentType.JSON + "; charset=UTF-8").body(recipient).post(list).then().statusCode(201)
                .body("warnings.code", equalTo(List.of("missing-characters", "locale-not-shown")));
        asAdmin(slug).contentType(ContentType.JSON).body(recipient("u-1")).put(list + "/u-1").then().statusCode(200)
                .body("warnings", nullValue());
    }

    @Test
    void aPreferenceForSuchALocaleIsStoredWithAWarning() {
        var slug = newTenant();
        newRecipient(slug, "u-1");

        asViewer(slug, "u-1").contentType(ContentType.JSON).body(Map.of("locale", "he")).put("/api/v1/me/preferences").then()
                .statusCode(200).body("warnings.code", equalTo(List.of("locale-not-shown")));
    }

    @Test
    void anUploadNamesTheLinesThatReportsCannotShow() {
        var slug = newTenant();
        var body = """
                {"userId": "u-1", "name": "Ann", "email": "a@acme.test"}

                {"userId": "u-2", "name": "\\u5c71\\u7530", "email": "b@acme.test", "locale": "ja"}
                {"userId": "u-3", "name": "\\u5c71", "email": "no address"}
                """;

        asNdjson(slug).body(body).put(TENANTS + "/" + slug + "/recipients").then().statusCode(200)
                .body("created", equalTo(2))
                .body("warnings.line", equalTo(List.of(3, 3)))
                .body("warnings.code", equalTo(List.of("missing-characters", "locale-not-shown")))
                .body("warningCount", equalTo(2));
    }
}

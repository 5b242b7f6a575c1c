package io.weekly.api;

import static io.weekly.testing.Api.TENANTS;
import static io.weekly.testing.Api.asAdmin;
import static io.weekly.testing.Api.asAdminWithoutDescription;
import static io.weekly.testing.Api.asNdjson;
import static io.weekly.testing.Api.asOperator;
import static io.weekly.testing.Api.asViewer;
import static io.weekly.testing.Api.newRecipient;
import static io.weekly.testing.Api.newTenant;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.weekly.testing.TestServers;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Two user ids that differ in anything are two recipients, and an id that looks like another one is refused. */
@QuarkusTest
@QuarkusTestResource(TestServers.class)
class RecipientResourceIdentityTest {

    @ParameterizedTest
    @ValueSource(strings = {
        "u-17 ", " u-17", "u-17   ", "u-17\u00a0", "u-17\u3000", "\u2003u-17", "u-17\u200b", "\ufeffu-17", "u-17\u00ad"})
    void anIdWithABlankAtAnEndIsRefusedAndChangesNobody(String id) {
        var slug = newTenant();
        newRecipient(slug, "u-17");

        var eve = Map.of("userId", id, "name", "Eve", "email", "eve@acme.test");
        asAdmin(slug).contentType(ContentType.JSON).body(eve).post(list(slug)).then()
                .statusCode(422).body("errors.field", equalTo(List.of("userId")));
        asAdmin(slug).contentType(ContentType.JSON).body(Map.of("name", "Eve", "email", "eve@acme.test")).put(one(slug, id)).then()
                .statusCode(422).body("errors.field", equalTo(List.of("userId")));
        asAdmin(slug).get(one(slug, id)).then().statusCode(404);
        asAdmin(slug).delete(one(slug, id)).then().statusCode(404);
        asAdmin(slug).get(list(slug)).then()
                .body("items", hasSize(1)).body("items[0].name", equalTo("Ann")).body("items[0].active", equalTo(true));
    }

    @ParameterizedTest
    @ValueSource(strings = {"U-17", "\u00fa-17", "u\u0301-17", "\uff55-17", "u-1\u200b7", "u\u201017", "u-1 7", "u-17."})
    void idsThatDifferInsideAreTwoRecipients(String other) {
        var slug = newTenant();
        newRecipient(slug, "u-17");

        asAdmin(slug).contentType(ContentType.JSON).body(Map.of("name", "Eve", "email", "eve@acme.test")).put(one(slug, other)).then()
                .statusCode(201).body("userId", equalTo(other));
        asAdmin(slug).get(one(slug, "u-17")).then().body("name", equalTo("Ann"));
        asAdmin(slug).get(one(slug, other)).then().body("name", equalTo("Eve"));

        var id = asViewer(slug, "u-17").contentType(ContentType.JSON).body(Map.of("definition", "weekly-business"))
                .post("/api/v1/reports").then().statusCode(202).extract().path("id");
        asViewer(slug, other).get("/api/v1/reports/" + id).then().statusCode(404);
        asOperator().get("/api/v1/reports?recipient=u-17&tenant=" + slug).then().body("items", hasSize(1));
        asOperator().get("/api/v1/reports?recipient=" + encoded(other) + "&tenant=" + slug).then().body("items", empty());
    }

    @Test
    void anUploadRejectsIdsAndTagsWithBlanksAtTheirEnds() {
        var slug = newTenant();
        newRecipient(slug, "u-17");

        asNdjson(slug).body("""
                        {"userId": "u-17 ", "name": "Eve", "email": "eve@acme.test"}
                        {"userId": "u-18", "name": "Bob", "email": "bob@acme.test", "tags": ["manager "]}
                        {"userId": "u-19", "name": "Bob", "email": "bob@acme.test", "tags": ["manager"]}
                        {"userId": "u-\\ud800", "name": "Bob", "email": "bob@acme.test"}
                        """).put(list(slug)).then()
                .statusCode(200).body("created", equalTo(1)).body("rejected.line", equalTo(List.of(1, 2, 4)));
        asAdmin(slug).get(one(slug, "u-17")).then().body("name", equalTo("Ann"));
    }

    @Test
    void aFilterFindsTheExactValueOnly() {
        var slug = newTenant();
        newRecipient(slug, "u-17");
        asViewer(slug, "u-17").contentType(ContentType.JSON).body(Map.of("definition", "weekly-business"))
                .post("/api/v1/reports").then().statusCode(202);

        for (var filter : new String[] {
            "recipient=u-17%20", "recipient=U-17", "definition=weekly-business%20", "definition=Weekly-Business"}) {
            asAdmin(slug).get("/api/v1/reports?" + filter).then().statusCode(200).body("items", empty());
        }
        asOperator().get("/api/v1/reports?tenant=" + slug + "%20").then().statusCode(200).body("items", empty());
        asOperator().get("/api/v1/audit?action=tenant.created%20").then().statusCode(200).body("items", empty());
        asOperator().get("/api/v1/runs?definition=weekly-business%20").then().statusCode(200).body("items", empty());
    }

    @Test
    void differentInvalidBytesInAPathAreNotOneId() {
        var slug = newTenant();

        for (var id : new String[] {"u%FF", "u%FE", "u%C3", "%EF%BF%BD"}) {
            asAdminWithoutDescription(slug).urlEncodingEnabled(false).contentType(ContentType.JSON)
                    .body(Map.of("name", "Eve", "email", "eve@acme.test")).put(list(slug) + "/" + id).then().statusCode(422);
        }
        asAdmin(slug).get(list(slug)).then().body("items", empty());
    }

    @Test
    void theSlugInAPathIsExact() {
        var slug = newTenant();

        for (var other : new String[] {slug + "%20", "%20" + slug, slug + "%C2%A0", slug.toUpperCase(Locale.ROOT)}) {
            asOperator().get(TENANTS + "/" + other).then().statusCode(404);
            asAdmin(slug).get(TENANTS + "/" + other + "/recipients").then().statusCode(404);
        }
        asOperator().get(TENANTS + "/" + slug).then().statusCode(200);
    }

    @Test
    void aPathParameterAfterASemicolonIsRefusedAndNotDropped() {
        var slug = newTenant();
        newRecipient(slug, "u-17");

        asAdminWithoutDescription(slug).urlEncodingEnabled(false).contentType(ContentType.JSON)
                .body(Map.of("name", "Eve", "email", "eve@acme.test")).put(list(slug) + "/u-17;x").then().statusCode(400);
        asAdmin(slug).get(one(slug, "u-17")).then().body("name", equalTo("Ann"));
    }

    private static String list(String slug) {
        return TENANTS + "/" + slug + "/recipients";
    }

    private static String one(String slug, String userId) {
        return list(slug) + "/" + encoded(userId);
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }
}

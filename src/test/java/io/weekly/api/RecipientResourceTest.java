package io.weekly.api;

import static io.weekly.testing.Api.TENANTS;
import static io.weekly.testing.Api.asAdmin;
import static io.weekly.testing.Api.newRecipient;
import static io.weekly.testing.Api.newTenant;
import static io.weekly.testing.Api.recipient;
import static io.weekly.testing.Api.withField;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.weekly.api.http.Problem;
import io.weekly.testing.TestServers;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@QuarkusTest
@QuarkusTestResource(TestServers.class)
class RecipientResourceTest {

    @Test
    void aRecipientIsReadAsItWasWritten() {
        var list = recipients(newTenant());
        var recipient = recipient("u-1");
        recipient.put("locale", "fr-CH");
        recipient.put("tags", List.of("sales", "Zürich"));
        recipient.put("active", true);

        asAdmin(tenant(list)).contentType(ContentType.JSON).body(recipient).post(list).then()
                .statusCode(201)
                .header("Location", equalTo(list + "/u-1"));

        assertThat(asAdmin(tenant(list)).get(list + "/u-1").as(Map.class)).isEqualTo(recipient);
    }

    @Test
    void aPutCreatesOrReplacesARecipient() {
        var list = recipients(newTenant());
        var recipient = recipient("u-1");
        recipient.remove("userId");

        asAdmin(tenant(list)).contentType(ContentType.JSON).body(recipient).put(list + "/u-1").then()
                .statusCode(201)
                .header("Location", equalTo(list + "/u-1"));
        recipient.put("name", "Änne");
        asAdmin(tenant(list)).contentType(ContentType.JSON).body(recipient).put(list + "/u-1").then()
                .statusCode(200)
                .body("name", equalTo("Änne"))
                .body("userId", equalTo("u-1"))
                .body("tags", equalTo(List.of()))
                .body("active", equalTo(true));
    }

    @Test
    void anEndedRecipientIsInactiveAndCanComeBack() {
        var slug = newTenant();
        newRecipient(slug, "u-1");
        var one = recipients(slug) + "/u-1";

        asAdmin(slug).delete(one).then().statusCode(204);
        asAdmin(slug).delete(one).then().statusCode(204);
        asAdmin(slug).get(one).then().statusCode(200).body("active", equalTo(false));

        asAdmin(slug).contentType(ContentType.JSON).body(recipient("u-1")).post(recipients(slug)).then().statusCode(201);
        asAdmin(slug).get(one).then().statusCode(200).body("active", equalTo(true));
        asAdmin(slug).contentType(ContentType.JSON).body(recipient("u-1")).post(recipients(slug)).then().statusCode(409);
    }

    @Test
    void userIdsAreComparedByTheirBytes() {
        var slug = newTenant();
        newRecipient(slug, "u-1");
        newRecipient(slug, "U-1");

        var odd = recipients(slug) + "/a%20b%2Fc%C3%A9";
        asAdmin(slug).contentType(ContentType.JSON)
                .body(Map.of("userId", "a b/cé", "name", "Odd", "email", "odd@acme.test"))
                .post(recipients(slug)).then().statusCode(201).header("Location", endsWith("/a%20b%2Fc%C3%A9"));
        asAdmin(slug).get(odd).then().statusCode(200).body("userId", equalTo("a b/cé"));
        asAdmin(slug).get(recipients(slug) + "/u-2").then().statusCode(404);
        asAdmin(slug).delete(recipients(slug) + "/u-2").then().statusCode(404);
    }

    @Test
    void twoTenantsCanUseTheSameUserId() {
        var one = newTenant();
        var other = newTenant();
        newRecipient(one, "u-1");
        newRecipient(other, "u-1");

        asAdmin(one).delete(recipients(one) + "/u-1").then().statusCode(204);

        asAdmin(other).get(recipients(other) + "/u-1").then().statusCode(200).body("active", equalTo(true));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "userId | null", "userId | \"\"", "userId | 5", "userId | \"a\\u0007\"",
        "name | null", "name | \"\\t\"", "name | \"x\\u2028y\"",
        "email | null", "email | \"\"", "email | \"ann\"", "email | \"ann@\"", "email | \"@acme.test\"",
        "email | \"a@acme.test\\nBcc: b@acme.test\"", "email | \"a@acme.test, b@acme.test\"", "email | \"Ann <a@acme.test>\"",
        "email | \"a@b@acme.test\"", "email | \".a@acme.test\"", "email | \"a..b@acme.test\"", "email | \"a@-acme.test\"",
        "email | \"a@acme..test\"", "email | \"a b@acme.test\"", "email | \"a@acme.test \"", "email | [\"a@acme.test\"]",
        "locale | \"de_DE\"", "locale | 5", "tags | \"sales\"", "tags | {}", "tags[0] | [5]", "tags[1] | [\"a\", \"\"]",
        "tags[0] | [null]", "active | \"yes\"", "active | 1",
        "pdfPassword | \"short\"", "pdfPassword | 12345678", "pdfPassword | \"\"", "nickname | \"Ann\""
    })
    void aWrongFieldIsNamed(String field, String value) {
        var list = recipients(newTenant());
        var body = withField("{\"userId\": \"u-1\", \"name\": \"Ann\", \"email\": \"ann@acme.test\"}",
                field.replaceAll("\\[.*", ""), value);

        asAdmin(tenant(list)).contentType(ContentType.JSON).body(body).post(list).then()
                .statusCode(422)
                .contentType(Problem.MEDIA_TYPE)
                .body("errors.field", hasItem(field));
        asAdmin(tenant(list)).get(list).then().body("items", equalTo(List.of()));
    }

    @Test
    void theListSkipsAndRepeatsNobodyWhileRecipientsAreAdded() {
        var slug = newTenant();
        for (int i = 0; i < 7; i++) {
            newRecipient(slug, "u-" + i);
        }

        var seen = new ArrayList<String>();
        String cursor = "";
        int pages = 0;
        do {
            var page = asAdmin(slug).get(recipients(slug) + "?limit=3&cursor=" + cursor).then().statusCode(200).extract().jsonPath();
            seen.addAll(page.getList("items.userId"));
            cursor = page.getString("next");
            newRecipient(slug, "a-" + pages++);
        } while (cursor != null && pages < 5);

        assertThat(seen).startsWith("u-0", "u-1", "u-2", "u-3", "u-4", "u-5", "u-6", "a-0").doesNotHaveDuplicates();
    }

    private static String recipients(String slug) {
        return TENANTS + "/" + slug + "/recipients";
    }

    private static String tenant(String list) {
        return list.split("/")[4];
    }

    @Test
    void aTextWithSpecialCharactersIsReturnedUnchanged() {
        var slug = newTenant();
        var name = "Ünïcode 数字 👩‍💻 \\ \" <b> ' OR 1=1; --";

        asAdmin(slug).contentType(ContentType.JSON)
                .body(Map.of("userId", "u' OR '1'='1", "name", name, "email", "o'hara+x@acme.test"))
                .post(TENANTS + "/" + slug + "/recipients").then()
                .statusCode(201)
                .contentType(ContentType.JSON)
                .body("name", equalTo(name));
    }
}

package io.weekly.api;

import static io.weekly.testing.Api.TENANTS;
import static io.weekly.testing.Api.asOperator;
import static io.weekly.testing.Api.newSlug;
import static io.weekly.testing.Api.newTenant;
import static io.weekly.testing.Api.tenant;
import static io.weekly.testing.Api.withField;
import static org.assertj.core.api.Assertions.assertThat;
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
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@QuarkusTestResource(TestServers.class)
class TenantResourceTest {

    @Test
    void aTenantIsReadAsItWasWritten() {
        var slug = newSlug();
        var tenant = tenant(slug);
        tenant.put("sender", Map.of("name", "Acme Reports", "replyTo", "reports@acme.test"));
        tenant.put("retentionDays", 90);
        tenant.put("linkTtlDays", 14);
        tenant.put("fallbackAddress", "admin@acme.test");

        asOperator().contentType(ContentType.JSON).body(tenant).post(TENANTS).then()
                .statusCode(201)
                .header("Location", equalTo(TENANTS + "/" + slug));

        var read = asOperator().get(TENANTS + "/" + slug).then().statusCode(200).extract().as(Map.class);
        assertThat(read).isEqualTo(tenant);
    }

    @Test
    void missingFieldsOfATenantAreLeftOut() {
        var slug = newTenant();

        var read = asOperator().get(TENANTS + "/" + slug).then().statusCode(200).extract().as(Map.class);

        assertThat(read).isEqualTo(tenant(slug));
    }

    @Test
    void aTakenSlugIsAConflict() {
        var slug = newTenant();

        asOperator().contentType(ContentType.JSON).body(tenant(slug)).post(TENANTS).then()
                .statusCode(409)
                .contentType(Problem.MEDIA_TYPE);
    }

    @Test
    void aTenantIsReplacedByAPutThatMayRepeatItsSlug() {
        var slug = newTenant();
        var changed = asOperator().get(TENANTS + "/" + slug).as(Map.class);
        changed.put("name", "Acme & Söhne");
        changed.put("zone", "Asia/Tokyo");

        asOperator().contentType(ContentType.JSON).body(changed).put(TENANTS + "/" + slug).then().statusCode(200);
        changed.remove("slug");
        asOperator().contentType(ContentType.JSON).body(changed).put(TENANTS + "/" + slug).then()
                .statusCode(200)
                .body("slug", equalTo(slug))
                .body("name", equalTo("Acme & Söhne"))
                .body("zone", equalTo("Asia/Tokyo"));
    }

    @Test
    void aSlugCannotBeChanged() {
        var slug = newTenant();

        asOperator().contentType(ContentType.JSON).body(tenant("other")).put(TENANTS + "/" + slug).then()
                .statusCode(422)
                .body("errors.field", equalTo(List.of("slug")));
    }

    @Test
    void anEndedTenantIsGoneAndItsSlugIsFree() {
        var slug = newTenant();

        asOperator().delete(TENANTS + "/" + slug).then().statusCode(204);

        asOperator().get(TENANTS + "/" + slug).then().statusCode(404);
        asOperator().delete(TENANTS + "/" + slug).then().statusCode(404);
        asOperator().contentType(ContentType.JSON).body(tenant(slug)).post(TENANTS).then().statusCode(201);
        asOperator().get(TENANTS + "/" + slug + "/recipients").then().statusCode(200).body("items", equalTo(List.of()));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "slug | \"Acme\"", "slug | \"a~1\"", "slug | \"\"", "slug | \"-a\"", "slug | null", "slug | 5",
        "name | \"\"", "name | \"  \"", "name | null", "name | 7", "name | \"a\\nBcc: x@y.test\"", "name | \"a\\u0000\"",
        "zone | \"Mars/Phobos\"", "zone | \"+02:00\"", "zone | null", "zone | \"europe/berlin\"",
        "locale | \"de_DE\"", "locale | \"\"", "locale | \"english language\"", "locale | null", "locale | \"und\"",
        "brand | null", "brand | \"red\"", "brand.color | \"red\"", "brand.color | \"#12345\"", "brand.color | null",
        "brand.logo | 1",
        "sender.name | \"x\\r\\ny\"", "sender.replyTo | \"nobody\"", "sender.replyTo | \"a@b.test\\r\\nBcc: c@d.test\"",
        "retentionDays | 0", "retentionDays | \"7\"", "retentionDays | 1.5", "linkTtlDays | -1", "linkTtlDays | true",
        "retentiondays | 3"
    })
    void aWrongFieldIsNamed(String field, String value) {
        var slug = newSlug();
        var body = withField("""
                {"slug": "%s", "name": "Acme", "zone": "UTC", "locale": "en", "brand": {"color": "#000000"}, "sender": {"name": "A"}}"""
                .formatted(slug), field, value);

        asOperator().contentType(ContentType.JSON).body(body).post(TENANTS).then()
                .statusCode(422)
                .contentType(Problem.MEDIA_TYPE)
                .body("errors.field", hasItem(field))
                .body("status", equalTo(422));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "null", "[]", "{", "{\"slug\": \"a\", \"slug\": \"b\"}", "{} {}", "nonsense", "\"text\"", "5"})
    void aBodyThatIsNoJsonObjectIsABadRequest(String body) {
        var answer = asOperator().contentType(ContentType.JSON).body(body).post(TENANTS).then()
                .statusCode(400)
                .contentType(Problem.MEDIA_TYPE)
                .extract().asString();

        assertThat(answer).doesNotContain("io.weekly").doesNotContain("jackson").doesNotContain("Exception");
    }

    @Test
    void theNextPageContinuesAfterTheLastItemAlthoughTenantsAreAdded() {
        var slugs = List.of(newTenant(), newTenant(), newTenant()).stream().sorted().toList();

        var seen = new ArrayList<String>();
        String cursor = "";
        do {
            var page = asOperator().get(TENANTS + "?limit=1&cursor=" + cursor).then().statusCode(200).extract().jsonPath();
            seen.addAll(page.getList("items.slug"));
            cursor = page.getString("next");
        } while (cursor != null);

        assertThat(seen).containsSubsequence(slugs).doesNotHaveDuplicates().isSorted();
    }

    @ParameterizedTest
    @ValueSource(strings = {"limit=0", "limit=201", "limit=-1", "limit=ten", "limit=1.5", "limit=99999999999", "cursor=nonsense!",
        "cursor=QUJD", "cursor=x"})
    void aBadLimitOrCursorIsABadRequest(String query) {
        asOperator().get(TENANTS + "?" + query).then().statusCode(400).contentType(Problem.MEDIA_TYPE);
    }

    @Test
    void anEmptyParameterIsAnAbsentOne() {
        asOperator().get(TENANTS + "?limit=&cursor=").then().statusCode(200);
        asOperator().get(TENANTS + "?limit=200").then().statusCode(200);
    }
}

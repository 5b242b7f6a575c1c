package io.weekly.api;

import static io.weekly.testing.Api.TENANTS;
import static io.weekly.testing.Api.asAdmin;
import static io.weekly.testing.Api.newTenant;
import static io.weekly.testing.Api.recipient;
import static io.weekly.testing.Api.schedule;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.http.ContentType;
import io.restassured.response.ValidatableResponse;
import io.weekly.testing.HandDriven;
import io.weekly.testing.TestServers;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whom the audience of a schedule matches: the warning of the schedule, and the preview in the list of recipients. */
@QuarkusTest
@QuarkusTestResource(TestServers.class)
@TestProfile(HandDriven.class)
class ScheduleResourceAudienceTest {

    private String slug;

    @BeforeEach
    void aTenantWithRecipients() {
        slug = newTenant();
        recipientWithTags("u-1", List.of("manager", "Zürich"), true);
        recipientWithTags("u-2", List.of("sales"), true);
        recipientWithTags("u-3", List.of("former"), false);
        recipientWithTags("u-4", List.of(), true);
        recipientWithTags("u-5", List.of("deleted", "sales"), true);
        asAdmin(slug).delete(TENANTS + "/" + slug + "/recipients/u-5").then().statusCode(204);
    }

    private void recipientWithTags(String userId, List<String> tags, boolean active) {
        var body = recipient(userId);
        body.put("tags", tags);
        body.put("active", active);
        asAdmin(slug).contentType(ContentType.JSON).body(body).post(TENANTS + "/" + slug + "/recipients").then().statusCode(201);
    }

    @ParameterizedTest
    @CsvSource({"Manager", "former", "deleted", "nobody", "manage", "'man ager'", "zürich", "'100%'", "'a\"b'"})
    void anAudienceThatMatchesNobodyIsAWarningWithTheCount(String tag) {
        created(List.of(tag)).statusCode(201)
                .body("warnings.size()", equalTo(1))
                .body("warnings[0].code", equalTo("audience-empty"))
                .body("warnings[0].message", containsString("matches 0 of 3 active recipients"))
                .body("warnings[0].message", containsString(tag));
    }

    @Test
    void theWarningNamesTheTagInAnotherCase() {
        created(List.of("Manager")).body("warnings[0].message", containsString("1 have it in another case"));
        created(List.of("ZÜRICH")).body("warnings[0].message", containsString("1 have it in another case"));
    }

    @Test
    void aTagThatMatchesNobodyBesidesOneThatDoesIsAWarning() {
        created(List.of("manager", "Sales")).statusCode(201)
                .body("warnings.code", equalTo(List.of("tag-unused")))
                .body("warnings[0].message", containsString("The tag Sales matches 0 recipients"))
                .body("warnings[0].message", containsString("matches 1 of 3"));
    }

    @Test
    void anAudienceThatMatchesSomebodyIsNoWarning() {
        created(List.of("manager", "sales")).statusCode(201).body("warnings", nullValue());
        created(null).statusCode(201).body("warnings", nullValue());
    }

    @Test
    void aTenantWithoutActiveRecipientsIsAWarning() {
        slug = newTenant();

        created(null).statusCode(201).body("warnings.code", equalTo(List.of("audience-empty")));
    }

    @Test
    @SuppressWarnings("unchecked")
    void aChangeWarnsTooAndTheAnswerCanBeSentBack() {
        Map<String, Object> created = created(List.of("Manager")).extract().as(Map.class);
        var one = TENANTS + "/" + slug + "/schedules/" + created.get("id");

        var changed = asAdmin(slug).contentType(ContentType.JSON).body(created).put(one).then().statusCode(200)
                .body("warnings.code", equalTo(List.of("audience-empty"))).extract().as(Map.class);
        assertThat(changed).isEqualTo(created);
        asAdmin(slug).get(one).then().body("warnings", nullValue());
        created.put("audience", Map.of("tags", List.of("manager")));
        asAdmin(slug).contentType(ContentType.JSON).body(created).put(one).then().statusCode(200).body("warnings", nullValue());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "manager | u-1", "Manager | ", "manager,sales | u-1 u-2", "former | ", "deleted | ", "Z%C3%BCrich | u-1", "nobody,sales | u-2"
    })
    void theListShowsWhomAnAudienceMatches(String audience, String userIds) {
        var expected = userIds == null ? List.of() : List.of(userIds.split(" "));

        asAdmin(slug).get(TENANTS + "/" + slug + "/recipients?audience=" + audience).then()
                .statusCode(200).body("items.userId", equalTo(expected)).body("next", nullValue());
    }

    @Test
    void thePreviewHasPagesAndAnEmptyParameterCountsAsAbsent() {
        var list = TENANTS + "/" + slug + "/recipients";
        var first = asAdmin(slug).get(list + "?audience=manager,sales&limit=1").then().statusCode(200).extract().jsonPath();
        assertThat(first.getList("items.userId")).isEqualTo(List.of("u-1"));
        asAdmin(slug).get(list + "?audience=manager,sales&limit=1&cursor=" + first.getString("next")).then()
                .body("items.userId", equalTo(List.of("u-2"))).body("next", nullValue());

        asAdmin(slug).get(list + "?audience=").then().statusCode(200).body("items.size()", equalTo(5));
        asAdmin(slug).get(list + "?audience=a,,b").then().statusCode(400);
        asAdmin(slug).get(list + "?audience=sales,%20manager").then().statusCode(400);
        asAdmin(slug).get(list + "?audience=" + "a,".repeat(20) + "b").then().statusCode(400);
        asAdmin(slug).get(list + "?audience=" + "a".repeat(65)).then().statusCode(400);
    }

    private ValidatableResponse created(List<String> tags) {
        var body = new HashMap<String, Object>(schedule());
        if (tags != null) {
            body.put("audience", Map.of("tags", tags));
        }
        return asAdmin(slug).contentType(ContentType.JSON).body(body).post(TENANTS + "/" + slug + "/schedules").then();
    }
}

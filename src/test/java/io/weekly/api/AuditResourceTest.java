package io.weekly.api;

import static io.weekly.testing.Api.TENANTS;
import static io.weekly.testing.Api.as;
import static io.weekly.testing.Api.asAdmin;
import static io.weekly.testing.Api.asOperator;
import static io.weekly.testing.Api.newRecipient;
import static io.weekly.testing.Api.newTenant;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.nullValue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.weekly.api.http.Problem;
import io.weekly.testing.TestServers;
import io.weekly.testing.TestTokens;
import io.weekly.testing.World;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@QuarkusTestResource(TestServers.class)
class AuditResourceTest {

    private static final String AUDIT = "/api/v1/audit";

    @Inject
    World world;

    @Test
    void theNewestEventsComeFirstWithAllTheirFields() {
        var slug = newTenant();
        newRecipient(slug, "u-1");

        asAdmin(slug).get(AUDIT).then()
                .statusCode(200)
                .body("items.action", equalTo(List.of("recipient.created", "tenant.created")))
                .body("items.tenant", equalTo(List.of(slug, slug)))
                .body("items.actor", equalTo(List.of("user:admin", "operator:operator")))
                .body("items[0].subject", equalTo("u-1"))
                .body("items[0].detail", equalTo(Map.of("active", true)))
                .body("items[0].at", containsString("Z"))
                .body("next", nullValue());
    }

    @Test
    void aTenantSeesOnlyItsOwnEvents() {
        var mine = newTenant();
        var theirs = newTenant();
        newRecipient(theirs, "u-1");
        // An event of no tenant, as the queue will write them.
        world.sql("INSERT INTO audit_event (tenant_id, at, actor, action, subject) VALUES (NULL, NOW(6), 'operator:x', 'x.y', 'z')");

        asAdmin(mine).get(AUDIT + "?limit=200").then().body("items.tenant", everyItem(equalTo(mine)));
        asAdmin(mine).get(AUDIT + "?tenant=" + mine).then().body("items.size()", equalTo(1));
        asAdmin(mine).get(AUDIT + "?tenant=" + theirs).then().statusCode(404).contentType(Problem.MEDIA_TYPE);
        asAdmin(mine).get(AUDIT + "?tenant=no-such").then().statusCode(404);
        as(TestTokens.viewer(mine, "u-1")).get(AUDIT).then().statusCode(403);
        asOperator().get(AUDIT + "?action=x.y&actor=operator:x").then()
                .body("items[0].tenant", nullValue()).body("items[0].detail", equalTo(Map.of()));
    }

    @Test
    void theListIsNarrowedByEachFilter() {
        var slug = newTenant();
        newRecipient(slug, "u-1");
        world.sql("UPDATE audit_event SET at = '2020-01-01 12:00:00' WHERE subject = ?", slug);
        var of = AUDIT + "?tenant=" + slug;

        asOperator().get(of).then().body("items.size()", equalTo(2));
        asOperator().get(of + "&actor=user:admin").then().body("items.action", equalTo(List.of("recipient.created")));
        asOperator().get(of + "&action=tenant.created&actor=").then().body("items.subject", equalTo(List.of(slug)));
        asOperator().get(of + "&from=2020-01-01T12:00:00Z&to=2020-01-01T12:00:01Z").then().body("items.subject", equalTo(List.of(slug)));
        asOperator().get(of + "&to=2020-01-01T12:00:00Z").then().body("items", equalTo(List.of()));
        asOperator().get(of + "&from=2020-01-01T12:00:00.000001Z").then().body("items.subject", equalTo(List.of("u-1")));
        asOperator().get(AUDIT + "?tenant=no-such").then().statusCode(200).body("items", equalTo(List.of()));
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "from=yesterday", "to=2026-11-23", "from=1700000000", "to=%2B1000000000-12-31T23:59:59Z", "limit=0", "limit=201", "cursor=x",
        "cursor=YWJj"
    })
    void whatCannotBeAskedForIsABadRequest(String query) {
        asOperator().get(AUDIT + "?" + query).then().statusCode(400).contentType(Problem.MEDIA_TYPE);
    }

    @Test
    void pagesNeitherShiftNorRepeatWhileEventsAreAdded() {
        var slug = newTenant();
        for (int i = 0; i < 4; i++) {
            newRecipient(slug, "u-" + i);
        }
        var subjects = new ArrayList<String>();
        var first = asAdmin(slug).get(AUDIT + "?limit=2").then().extract().jsonPath();
        subjects.addAll(first.getList("items.subject"));
        newRecipient(slug, "u-9");

        for (var next = first.getString("next"); next != null;) {
            var page = asAdmin(slug).get(AUDIT + "?limit=2&cursor=" + next).then().statusCode(200).extract().jsonPath();
            subjects.addAll(page.getList("items.subject"));
            next = page.getString("next");
        }

        assertThat(subjects).containsExactly("u-3", "u-2", "u-1", "u-0", slug);
    }

    @Test
    void theEventsOfATenantThatHasEndedStayForOperators() {
        var slug = newTenant();
        asOperator().delete(TENANTS + "/" + slug).then().statusCode(204);
        var id = world.one("SELECT tenant_id FROM audit_event WHERE subject = ? AND action = 'tenant.ended'", slug).getInteger(0);

        asOperator().get(AUDIT + "?tenant=" + slug + "~" + id).then()
                .body("items.action", equalTo(List.of("tenant.ended", "tenant.created")))
                .body("items[0].tenant", equalTo(slug + "~" + id));
        asAdmin(slug).get(AUDIT).then().statusCode(404);
    }
}

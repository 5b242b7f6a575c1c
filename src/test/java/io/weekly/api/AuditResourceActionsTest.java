package io.weekly.api;

import static io.weekly.testing.Api.TENANTS;
import static io.weekly.testing.Api.asAdmin;
import static io.weekly.testing.Api.asNdjson;
import static io.weekly.testing.Api.asOperator;
import static io.weekly.testing.Api.newRecipient;
import static io.weekly.testing.Api.newTenant;
import static io.weekly.testing.Api.recipient;
import static io.weekly.testing.Api.schedule;
import static io.weekly.testing.Api.tenant;
import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.weekly.audit.AuditEvent;
import io.weekly.audit.AuditTrail;
import io.weekly.tenant.Tenants;
import io.weekly.testing.TestServers;
import jakarta.inject.Inject;
import java.util.List;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(TestServers.class)
class AuditResourceActionsTest {

    @Inject
    AuditTrail trail;

    @Inject
    Tenants tenants;

    @Test
    void everyChangeHasAnEventWithItsActor() {
        var slug = newTenant();
        var id = tenants.find(slug).await().indefinitely().orElseThrow().id();
        var recipient = TENANTS + "/" + slug + "/recipients/u-1";
        newRecipient(slug, "u-1");
        asAdmin(slug).contentType(ContentType.JSON).body(recipient("u-1")).put(recipient).then().statusCode(200);
        asAdmin(slug).delete(recipient).then().statusCode(204);
        asAdmin(slug).delete(recipient).then().statusCode(204);
        asOperator().contentType(ContentType.JSON).body(tenant(slug)).put(TENANTS + "/" + slug).then().statusCode(200);
        asOperator().delete(TENANTS + "/" + slug).then().statusCode(204);

        assertThat(ofPerson(id)).map(AuditEvent::action)
                .containsExactly("recipient.created", "recipient.updated", "recipient.ended");
        assertThat(ofPerson(id)).map(AuditEvent::actor).containsOnly("user:admin");
        assertThat(events(id, slug)).map(AuditEvent::action).containsExactly("tenant.created", "tenant.updated", "tenant.ended");
        assertThat(events(id, slug)).map(AuditEvent::actor).containsOnly("operator:operator");
    }

    @Test
    void pausingAndResumingAScheduleAreEventsOfTheirOwn() {
        var slug = newTenant();
        var tenantId = tenants.find(slug).await().indefinitely().orElseThrow().id();
        var list = TENANTS + "/" + slug + "/schedules";
        var id = asAdmin(slug).contentType(ContentType.JSON).body(schedule()).post(list).path("id").toString();
        var paused = schedule();
        paused.put("paused", true);
        for (var body : List.of(paused, schedule(), schedule())) {
            asAdmin(slug).contentType(ContentType.JSON).body(body).put(list + "/" + id).then().statusCode(200);
        }
        asAdmin(slug).delete(list + "/" + id).then().statusCode(204);

        assertThat(events(tenantId, id)).map(AuditEvent::action).containsExactly(
                "schedule.created", "schedule.paused", "schedule.resumed", "schedule.updated", "schedule.ended");
    }

    @Test
    void anUploadHasOneEventWithCountsForEachChunk() {
        var slug = newTenant();
        var tenantId = tenants.find(slug).await().indefinitely().orElseThrow().id();
        var lines = new StringBuilder();
        for (int i = 0; i < 501; i++) {
            lines.append("{\"userId\": \"u-%d\", \"name\": \"Ann\", \"email\": \"ann@acme.test\"}\n".formatted(i));
        }

        asNdjson(slug).body(lines.toString().getBytes()).put(TENANTS + "/" + slug + "/recipients").then().statusCode(200);

        assertThat(events(tenantId, "recipients")).map(event -> event.detail().get("created")).containsExactly(500, 1);
    }

    private List<AuditEvent> ofPerson(int tenantId) {
        return trail.ofPerson(tenantId, "u-1", 0, 200).await().indefinitely().stream()
                .map(AuditTrail.NumberedEvent::event)
                .toList();
    }

    private List<AuditEvent> events(int tenantId, String subject) {
        return trail.of(tenantId, subject, subject, 0, 200).await().indefinitely().stream()
                .map(AuditTrail.NumberedEvent::event)
                .toList();
    }
}

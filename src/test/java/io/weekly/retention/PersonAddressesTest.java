package io.weekly.retention;

import static io.weekly.testing.Api.TENANTS;
import static io.weekly.testing.Api.asAdmin;
import static io.weekly.testing.Api.asNdjson;
import static io.weekly.testing.World.get;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.oneOf;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.http.ContentType;
import io.weekly.audit.AuditEvent;
import io.weekly.audit.AuditLog;
import io.weekly.audit.PersonalText;
import io.weekly.database.Database;
import io.weekly.testing.Api;
import io.weekly.testing.HandDriven;
import io.weekly.testing.TestServers;
import io.weekly.testing.World;
import io.weekly.testing.World.TenantRow;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What is held on a person whose address has changed. */
@QuarkusTest
@QuarkusTestResource(TestServers.class)
@TestProfile(HandDriven.class)
class PersonAddressesTest {

    @Inject
    World world;

    @Inject
    StoredReports stored;

    @Inject
    PersonErasures erasures;

    @Inject
    Database database;

    @Inject
    AuditLog audit;

    private TenantRow tenant;
    private String recipients;

    /** Addresses in schedules and runs may be written in another case than the recipient's. */
    @Test
    void nothingOfEarlierAddressesIsLeftAndTheExportHasIt() {
        tenant = world.tenant();
        recipients = TENANTS + "/" + tenant.slug() + "/recipients";
        world.recipients(tenant, 1, "bob");
        var first = "ann-" + tenant.slug() + "@acme.test";
        moveTo(first);
        var old = namedEverywhere(first.toUpperCase(Locale.ROOT));
        stored.delivered(tenant, "u-ann", 30);
        moveTo("second-" + first);
        var third = "{\"userId\": \"u-ann\", \"name\": \"Ann\", \"locale\": \"de\", \"email\": \"third-%s\"}".formatted(first);
        asNdjson(tenant.slug()).body(third).put(recipients).then().statusCode(200);
        moveTo("second-" + first);
        moveTo(first.replace("ann-", "last-"));
        // As if it had been mailed to before the service remembered addresses.
        var before = "before-" + first;
        world.sql("UPDATE delivery SET address = ? WHERE tenant_id = ? AND address = ?", before, tenant.id(), first);
        namedEverywhere("third-" + first);
        namedEverywhere(before);
        // Somebody else has this address now, and what it names is about that person.
        var shared = namedEverywhere("second-" + first);
        asAdmin(tenant.slug()).contentType(ContentType.JSON)
                .body(Map.of("userId", "u-eve", "name", "Eve", "email", "second-" + first)).post(recipients).then().statusCode(201);

        asAdmin(tenant.slug()).get(recipients + "/u-ann/export").then()
                .body("earlierAddresses", equalTo(Stream.of(first, before, "third-" + first).sorted().toList()),
                        "samples", hasItem(old), "samples", not(hasItem(shared)), "samples.size()", equalTo(3),
                        "runs.size()", equalTo(3), "letters.size()", equalTo(6), "letters.about", hasItems("digest", "data"),
                        "auditTexts", hasItems("to " + before, "to third-" + first));
        asAdmin(tenant.slug()).post(recipients + "/u-ann/erasure").then().statusCode(202);
        get(erasures.erase());

        for (var address : List.of(first.toUpperCase(Locale.ROOT), "third-" + first, before, first.replace("ann-", "last-"))) {
            assertThat(Traces.of(world, address)).isEmpty();
        }
        assertThat(Traces.of(world, "second-" + first)).contains(
                "recipient.email", "report.mail_to", "run.owner", "schedule.owner", "owner_mail.address", "owner_letter.address",
                "owner_letter.bounced_address", "owner_problem.address", "audit_text.person", "audit_text.text");
    }

    private void moveTo(String address) {
        asAdmin(tenant.slug()).contentType(ContentType.JSON).body(Map.of("name", "Ann", "email", address))
                .put(recipients + "/u-ann").then().statusCode(oneOf(200, 201));
    }

    /** A sample to this address, a finished run, a deleted schedule, a mail to its owner and an event that have it. The sample's id. */
    private String namedEverywhere(String address) {
        var sample = stored.delivered(tenant, "u-bob-0", 30);
        world.sql("UPDATE report SET mail_to = ? WHERE id = UNHEX(?)", address, sample);
        world.sql("UPDATE delivery SET address = ?, reply = ? WHERE report_id = UNHEX(?)", address, "250 " + address, sample);
        var schedules = TENANTS + "/" + tenant.slug() + "/schedules";
        var body = Api.schedule();
        body.put("owner", address);
        String schedule = asAdmin(tenant.slug()).contentType(ContentType.JSON).body(body).post(schedules).then().statusCode(201)
                .extract().path("id");
        asAdmin(tenant.slug()).delete(schedules + "/" + schedule).then().statusCode(204);
        world.sql("""
            INSERT INTO run (tenant_id, id, definition, period, revision, schedule_id, triggered_by, actor, state, formats, delivery,
                             window_minutes, approval, owner, held_jobs, due, started_at, finished_at, unfinished)
            VALUES (?, UNHEX(?), 'weekly-business', '2026-W40', 1, UNHEX(?), 'schedule', 'service', 'finished', 'pdf', 'link',
                    60, 'none', ?, FALSE, 0, NOW(6), NOW(6), FALSE)""", tenant.id(), StoredReports.id(), StoredReports.id(), address);
        letters(address);
        var event = new AuditEvent(tenant.id(), Instant.now(), AuditEvent.SERVICE, "report.sample-requested", sample,
                Map.of("to", PersonalText.ofAddress(address, "to " + address)));
        get(database.transaction(transaction -> audit.append(transaction, event)));
        return sample;
    }

    /** A letter that waits, one that was sent, and one that went to somebody else because the address bounced. */
    private void letters(String address) {
        world.sql("""
            INSERT INTO owner_mail (run_id, about, tenant_id, address, subject, body, attempt, due_at, created_at)
            VALUES (UNHEX(?), 'digest', ?, ?, 'subject', 'body', 0, NOW(6) + INTERVAL 1 DAY, NOW(6))""",
                StoredReports.id(), tenant.id(), address);
        world.sql("""
            INSERT INTO owner_letter (message_id, tenant_id, subject_id, about, address, bounced_address, subject, body, sent_at)
            VALUES (?, ?, UNHEX(?), 'digest', ?, NULL, 'subject', 'body', NOW(6)),
                   (?, ?, UNHEX(?), 'data', 'boss@acme.test', ?, 's', NULL, NOW(6))""",
                StoredReports.id(), tenant.id(), StoredReports.id(), address, StoredReports.id(), tenant.id(), StoredReports.id(), address);
        world.sql("INSERT INTO owner_problem (tenant_id, address, reason, since, late) VALUES (?, ?, ?, NOW(6), TRUE)",
                tenant.id(), address.toLowerCase(Locale.ROOT), "550 " + address);
    }
}

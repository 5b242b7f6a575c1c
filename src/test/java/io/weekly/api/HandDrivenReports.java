package io.weekly.api;

import static io.weekly.testing.Api.asAdmin;
import static org.hamcrest.Matchers.notNullValue;

import io.restassured.http.ContentType;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import io.weekly.testing.World;
import io.weekly.testing.World.TenantRow;
import java.util.Map;

/**
 * Reports of one recipient, which the test brings into each state itself. For tests in which no lane works.
 *
 * @param address of the recipient {@code u-ann-0}
 */
record HandDrivenReports(World world, TenantRow tenant, String address) {

    private static final String REPORTS = "/api/v1/reports/";

    /** For a new tenant with two recipients. */
    static HandDrivenReports of(World world) {
        var tenant = world.tenant();
        return new HandDrivenReports(world, tenant, world.recipients(tenant, 2, "ann").getFirst());
    }

    String queued(String delivery) {
        var deliver = delivery.equals("attachment");
        return asAdmin(tenant.slug()).contentType(ContentType.JSON)
                .body(Map.of("definition", "weekly-business", "recipient", "u-ann-0", "deliver", deliver))
                .post("/api/v1/reports").then().statusCode(202).body("id", notNullValue()).extract().path("id");
    }

    /** Sets the state after generation: the report has files, and its job is in the lane deliver. */
    void generated(String id) {
        world.sql("UPDATE report SET status = 'generated', generated_at = NOW(6) WHERE id = UNHEX(?)", id);
        for (var format : new String[] {"pdf", "mail"}) {
            world.sql("""
                INSERT INTO file (tenant_id, report_id, format, media_type, bytes, sha256, path, created_at, expires_at)
                VALUES (?, UNHEX(?), ?, 'application/pdf', 1, REPEAT('0', 64), '', NOW(6), NOW(6) + INTERVAL 1 DAY)""",
                    tenant.id(), id, format);
        }
        world.sql("UPDATE job SET lane = 'deliver', state = 'ready' WHERE report_id = UNHEX(?)", id);
    }

    void delivery(String id, String outcome) {
        world.sql("""
            INSERT INTO delivery (tenant_id, report_id, number, mode, address, message_id, attempts, outcome, unknown_before, began_at)
            VALUES (?, UNHEX(?), 1, 'attachment', ?, '<first@acme.test>', 1, ?, FALSE, NOW(6))""", tenant.id(), id, address, outcome);
    }

    void ended(String id, String status) {
        world.sql("UPDATE report SET status = ?, attempt = 2, error = 'why' WHERE id = UNHEX(?)", status, id);
        world.sql("DELETE FROM job WHERE report_id = UNHEX(?)", id);
    }

    /** Puts the report into a cancelled run that has not finished, because another report of it is being mailed. */
    void ofACancelledRun(String id) {
        world.sql("""
            INSERT INTO run (tenant_id, id, definition, period, revision, schedule_id, triggered_by, actor, state, formats, delivery,
                             window_minutes, due, started_at)
            VALUES (?, UNHEX(?), 'weekly-business', '2026-W40', 1, UNHEX(REPEAT('0', 32)), 'manual', 'test', 'cancelled', 'pdf',
                    'attachment', 0, 2, NOW(6))""", tenant.id(), id);
        world.sql("UPDATE report SET run_id = id WHERE id = UNHEX(?)", id);
    }

    int jobs(String id) {
        return world.count("SELECT COUNT(*) FROM job WHERE report_id = UNHEX(?)", id);
    }

    String lane(String id) {
        return world.one("SELECT lane FROM job WHERE report_id = UNHEX(?)", id).getString("lane");
    }

    ValidatableResponse post(RequestSpecification caller, String id, String verb) {
        return caller.post(REPORTS + id + "/" + verb).then();
    }
}

package io.weekly.api.http;

import static io.weekly.testing.Api.TENANTS;
import static io.weekly.testing.Api.as;
import static io.weekly.testing.Api.asAdmin;
import static io.weekly.testing.Api.asOperator;
import static io.weekly.testing.Api.newRecipient;
import static io.weekly.testing.Api.newTenant;
import static io.weekly.testing.World.get;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.http.ContentType;
import io.restassured.response.ValidatableResponse;
import io.weekly.database.Database;
import io.weekly.queue.JobQueue;
import io.weekly.queue.Lane;
import io.weekly.queue.Leases;
import io.weekly.testing.HandDriven;
import io.weekly.testing.TestServers;
import io.weekly.testing.TestTokens;
import io.weekly.testing.World;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A client polls a report: if it is unchanged, that is cheap; if it has changed, the client sees it. No lane works. */
@QuarkusTest
@QuarkusTestResource(TestServers.class)
@TestProfile(HandDriven.class)
class StatusPollingTest {

    private static final String REPORTS = "/api/v1/reports/";

    @Inject
    World world;

    @Inject
    Leases leases;

    @Inject
    JobQueue queue;

    @Inject
    Database database;

    private String slug;
    private String viewer;
    private String report;

    @BeforeEach
    void aQueuedReport() {
        slug = newTenant();
        newRecipient(slug, "u-1");
        viewer = TestTokens.viewer(slug, "u-1");
        world.sql("DELETE FROM job");
        report = as(viewer).contentType(ContentType.JSON).body(Map.of("definition", "weekly-business")).post("/api/v1/reports").then()
                .statusCode(202).extract().path("id");
    }

    @Test
    void aPollOfAFinishedReportReadsOneRow() {
        ended("generated");
        var tag = tag(viewer);

        assertThat(rowsRead(() -> poll(viewer, tag).statusCode(304)
                .header("Retry-After", nullValue()).header("Content-Encoding", nullValue()))).isLessThanOrEqualTo(1.1);
    }

    @Test
    void aPollOfAnUnfinishedReportReadsOneRow() {
        get(leases.claim(Lane.GENERATE, 1, Duration.ofMinutes(1)));
        var tag = tag(viewer);

        assertThat(rowsRead(() -> poll(viewer, tag).statusCode(304).header("Retry-After", "1"))).isLessThanOrEqualTo(1.1);
    }

    @Test
    void eachStepOfAReportChangesItsETag() {
        var queued = tag(viewer);
        poll(viewer, queued).statusCode(304);

        var lease = get(leases.claim(Lane.GENERATE, 1, Duration.ofMinutes(1))).getFirst();
        var generating = changed(queued, "generating");
        get(leases.release(Set.of(lease)));
        var again = changed(generating, "queued");
        get(leases.claim(Lane.GENERATE, 1, Duration.ofMinutes(1)));
        var secondTime = changed(again, "generating");
        world.sql("DELETE FROM job");
        ended("generated");
        var generated = changed(secondTime, "generated");
        world.sql("UPDATE report SET status = 'failed', changes = changes + 1 WHERE id = UNHEX(?)", report);
        changed(generated, "failed");

        assertThat(List.of(queued, generating, again, secondTime, generated)).doesNotHaveDuplicates();
    }

    @Test
    void eachHandOverChangesTheETag() {
        world.sql("UPDATE report SET status = 'generated', delivery = 'attachment' WHERE id = UNHEX(?)", report);
        world.sql("UPDATE job SET lane = 'deliver'");
        var lease = get(leases.claim(Lane.DELIVER, 1, Duration.ofMinutes(1))).getFirst();
        var claimed = tag(viewer);
        get(database.transaction(transaction -> leases.handOver(transaction, lease, Duration.ofMinutes(2))));
        var handedOver = changed(claimed, "delivering");

        get(database.transaction(transaction -> queue.retry(transaction, lease, Duration.ofHours(1), true)));
        var putOff = changed(handedOver, "generated");
        world.sql("UPDATE job SET state = 'ready', due_at = NOW(6)");
        var again = get(leases.claim(Lane.DELIVER, 1, Duration.ofMinutes(1))).getFirst();
        var claimedAgain = changed(putOff, "delivering");
        get(database.transaction(transaction -> leases.handOver(transaction, again, Duration.ofMinutes(2))));
        changed(claimedAgain, "delivering");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void anExpiredFileChangesTheETag(boolean ended) {
        if (ended) {
            ended("generated");
        }
        world.sql("""
            INSERT INTO file (tenant_id, report_id, format, media_type, bytes, sha256, path, created_at, expires_at)
            SELECT tenant_id, id, 'pdf', 'application/pdf', 5, REPEAT('0', 64), 'nowhere', NOW(6), NOW(6) + INTERVAL 1 SECOND
            FROM report
            WHERE id = UNHEX(?)""",
                report);
        var tag = tag(viewer);

        await().atMost(Duration.ofSeconds(20)).untilAsserted(
                () -> poll(viewer, tag).statusCode(200).body("files[0].expired", equalTo(true)).header("ETag", not(equalTo(tag))));
    }

    @Test
    void anETagIsValidOnlyForItsCaller() {
        ended("generated");
        newRecipient(slug, "u-2");
        var tag = tag(viewer);

        poll(TestTokens.viewer(slug, "u-2"), tag).statusCode(404);
        poll(TestTokens.tenantAdmin(newTenant(), "admin"), tag).statusCode(404);
        poll(TestTokens.operator(), tag).statusCode(200);
        poll(TestTokens.operator(), tag(TestTokens.operator())).statusCode(304);
        poll(viewer, "*").statusCode(304);
        poll(viewer, "\"something\", " + tag).statusCode(304);
        poll(viewer, "\"j99999999999999999999-0\"").statusCode(200);
        poll(viewer, "\"j9223372036854775808-" + "0".repeat(32) + "\"").statusCode(200);
    }

    @Test
    void aRemovedRecipientOrTenantIsNotFoundAlthoughTheETagIsValid() {
        var tag = tag(viewer);
        poll(viewer, tag).statusCode(304);

        asAdmin(slug).delete(TENANTS + "/" + slug + "/recipients/u-1").then().statusCode(204);

        poll(viewer, tag).statusCode(404);
        newRecipient(slug, "u-1");
        poll(viewer, tag).statusCode(304);
        asOperator().delete(TENANTS + "/" + slug).then().statusCode(204);
        poll(viewer, tag).statusCode(404);
    }

    private String changed(String before, String status) {
        return poll(viewer, before).statusCode(200).body("status", equalTo(status)).extract().header("ETag");
    }

    private void ended(String status) {
        world.sql("DELETE FROM job");
        world.sql("UPDATE report SET status = ?, changes = changes + 1 WHERE id = UNHEX(?)", status, report);
    }

    private String tag(String token) {
        return as(token).get(REPORTS + report).then().statusCode(200).extract().header("ETag");
    }

    private ValidatableResponse poll(String token, String tag) {
        return as(token).header("If-None-Match", tag).get(REPORTS + report).then();
    }

    /** The average number of rows that the database server reads for one poll. */
    private double rowsRead(Runnable poll) {
        var polls = 100;
        poll.run();
        var none = read();
        var own = read() - none;
        var before = read();
        for (var i = 0; i < polls; i++) {
            poll.run();
        }
        return (read() - before - own) / (double) polls;
    }

    private long read() {
        return world.rows("SHOW GLOBAL STATUS WHERE Variable_name IN ('Handler_read_key', 'Handler_read_next', 'Handler_read_first',"
                        + " 'Handler_read_prev', 'Handler_read_rnd', 'Handler_read_last')").stream()
                .mapToLong(row -> Long.parseLong(row.getString(1)))
                .sum();
    }
}

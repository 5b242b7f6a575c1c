package io.weekly.api;

import static io.weekly.testing.Api.asAdmin;
import static io.weekly.testing.Api.asOperator;
import static io.weekly.testing.Api.asViewer;
import static io.weekly.testing.Api.newRecipient;
import static io.weekly.testing.Api.newTenant;
import static io.weekly.testing.TestReports.startedRun;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.nullValue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.http.ContentType;
import io.restassured.response.ValidatableResponse;
import io.weekly.testing.HandDriven;
import io.weekly.testing.TestServers;
import io.weekly.testing.World;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Failed reports of a run are retried together. Also the list of domains that caused such failures. No lane works. */
@QuarkusTest
@QuarkusTestResource(TestServers.class)
@TestProfile(HandDriven.class)
class RunRetryResourceTest {

    @Inject World world;

    private String slug;
    private String run;
    private List<String> reports;

    @BeforeEach
    void aRunWithThreeReports() {
        slug = newTenant();
        List.of("u-1", "u-2", "u-3").forEach(user -> newRecipient(slug, user));
        run = startedRun(slug);
        reports = await().atMost(Duration.ofSeconds(30)).until(
                () -> world.rows("SELECT LOWER(HEX(id)) FROM report WHERE run_id = UNHEX(?) ORDER BY id", run).stream()
                        .map(row -> row.getString(0))
                        .toList(),
                found -> found.size() == 3);
    }

    @Test
    void allFailedReportsAreRetriedAndTheOthersStay() {
        failed(reports.get(0), "no figures", "sender");
        failed(reports.get(1), "no figures", null);

        retry("{}").body("retried", equalTo(2)).body("run.id", equalTo(run));

        assertThat(statuses()).containsExactly("queued", "queued", "queued");
        assertThat(world.events(reports.get(0))).contains("report.retried");
        assertThat(world.events(reports.get(2))).doesNotContain("report.retried");
        assertThat(world.events(run)).contains("run.retried");
        retry("{}").body("retried", equalTo(0));
    }

    @Test
    void onlyTheReportsThatFailedForTheReasonAreRetried() {
        failed(reports.get(0), "deferred for 24 h: 550 5.7.26 no", "sender");
        failed(reports.get(1), "deferred for 24 h: 452 4.2.2 full", "mailbox-full");
        failed(reports.get(2), "no figures", null);
        asAdmin(slug).get("/api/v1/reports/" + reports.get(0)).then().body("delivery.reason", equalTo("sender"));

        retry("{\"reason\": \"sender\"}").body("retried", equalTo(1));
        assertThat(statuses()).containsExactly("queued", "failed", "failed");

        retry("{\"reason\": \"no figures\"}").body("retried", equalTo(1));
        assertThat(statuses()).containsExactly("queued", "failed", "queued");

        retry("{\"reason\": \"unheard of\"}").body("retried", equalTo(0));
    }

    @Test
    void aReasonThatIsNoTextIsRefusedAndNobodyElseRetries() {
        asAdmin(slug).contentType(ContentType.JSON).body("{\"reason\": \"\"}").post(path()).then().statusCode(422);
        asAdmin(slug).contentType(ContentType.JSON).body("{\"reasons\": \"sender\"}").post(path()).then().statusCode(422);
        asViewer(slug, "u-1").contentType(ContentType.JSON).body("{}").post(path()).then().statusCode(403);
        asAdmin(newTenant()).contentType(ContentType.JSON).body("{}").post(path()).then().statusCode(404);
    }

    @Test
    void operatorsSeePausedAndLimitedDomainsPageByPage() {
        var domain = UUID.randomUUID() + ".test";
        world.sql("""
            INSERT INTO mail_domain (domain, refusals, reply, paused_at, probes, next_probe_at, changed_at)
            VALUES (?, 6, '550 5.7.1 no', NOW(6), 1, NOW(6), NOW(6))""", "0-" + domain);
        world.sql("""
            INSERT INTO mail_domain (domain, reply, gap, limited_at, next_at, changed_at)
            VALUES (?, '421 4.7.28 slow', 2000000, NOW(6), NOW(6), NOW(6))""", "1-" + domain);

        asOperator().get("/api/v1/mail-domains?limit=200").then().statusCode(200)
                .body("items.domain", hasItem("0-" + domain))
                .body("items.find { it.domain == '0-%s' }.reply".formatted(domain), equalTo("550 5.7.1 no"))
                .body("items.find { it.domain == '0-%s' }.probes".formatted(domain), equalTo(1))
                .body("items.find { it.domain == '1-%s' }.pausedAt".formatted(domain), nullValue())
                .body("items.find { it.domain == '1-%s' }.gapMillis".formatted(domain), equalTo(2000));
        var next = asOperator().get("/api/v1/mail-domains?limit=1").then().statusCode(200).extract().<String>path("next");
        asOperator().queryParam("cursor", next).get("/api/v1/mail-domains").then().statusCode(200);
        asAdmin(slug).get("/api/v1/mail-domains").then().statusCode(403);
    }

    private ValidatableResponse retry(String body) {
        return asAdmin(slug).contentType(ContentType.JSON).body(body).post(path()).then().statusCode(202);
    }

    private String path() {
        return "/api/v1/runs/" + run + "/retry";
    }

    private void failed(String report, String error, String reason) {
        world.sql("UPDATE report SET status = 'failed', attempt = 1, error = ? WHERE id = UNHEX(?)", error, report);
        world.sql("DELETE FROM job WHERE report_id = UNHEX(?)", report);
        if (reason != null) {
            world.sql("""
                INSERT INTO delivery (tenant_id, report_id, number, mode, address, message_id, attempts, unknown_before, began_at, outcome,
                                      reason)
                SELECT tenant_id, id, 1, 'attachment', 'a@b.test', '<a@b.test>', 1, FALSE, NOW(6), 'deferred', ?
                FROM report WHERE id = UNHEX(?)""", reason, report);
        }
    }

    private List<String> statuses() {
        return world.rows("SELECT status FROM report WHERE run_id = UNHEX(?) ORDER BY id", run).stream()
                .map(row -> row.getString(0))
                .toList();
    }
}

package io.weekly.api;

import static io.weekly.testing.Api.asAdmin;
import static io.weekly.testing.TestReports.startedRun;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import io.weekly.database.Database;
import io.weekly.run.Ledgers;
import io.weekly.tenant.Scope;
import io.weekly.testing.Concurrently;
import io.weekly.testing.HandDriven;
import io.weekly.testing.HeldRows;
import io.weekly.testing.TestServers;
import io.weekly.testing.World;
import io.weekly.testing.World.TenantRow;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A run of more failed reports than one set, which a call retries in several transactions. No lane works. */
@QuarkusTest
@QuarkusTestResource(TestServers.class)
@TestProfile(HandDriven.class)
class RunRetryResourceSetsTest {

    private static final int REPORTS = 600;
    private static final int SET = 512;
    private static final Duration TIMEOUT = Duration.ofSeconds(30);
    private static final String LOCK = "SELECT id FROM report WHERE id = UNHEX(?) FOR UPDATE";
    private static final String BOUNCE = "UPDATE report SET status = 'bounced', changes = changes + 1 WHERE id = UNHEX(?)";

    private static final String WAITING =
            """
            SELECT COUNT(*)
            FROM information_schema.innodb_trx
            WHERE trx_state = 'LOCK WAIT' AND LOCATE('FROM report r', trx_query) > 0""";

    @Inject World world;
    @Inject Database database;
    @Inject Ledgers ledgers;

    private TenantRow tenant;
    private String run;
    private List<String> reports;

    @BeforeEach
    void aFinishedRunWhoseReportsHaveFailed() {
        tenant = world.tenant();
        world.recipients(tenant, REPORTS, "r");
        run = startedRun(tenant.slug());
        world.sql("DELETE j FROM job j JOIN report r ON r.id = j.report_id WHERE r.run_id = UNHEX(?)", run);
        world.sql("UPDATE report SET status = 'failed', attempt = 1, error = 'no figures' WHERE run_id = UNHEX(?)", run);
        for (var change : List.of("'queued', -" + REPORTS, "'failed', " + REPORTS)) {
            world.sql("INSERT INTO run_delta (tenant_id, run_id, status, delta) VALUES (?, UNHEX(?), %s)".formatted(change),
                    tenant.id(), run);
        }
        world.sql("UPDATE run SET state = 'finished', finished_at = NOW(6) WHERE id = UNHEX(?)", run);
        reports = world.rows("SELECT LOWER(HEX(id)) FROM report WHERE run_id = UNHEX(?) ORDER BY id", run).stream()
                .map(row -> row.getString(0))
                .toList();
    }

    @Test
    void twoCallsAtTheSameTimeRetryEachReportOnce() throws Exception {
        var retried = Concurrently.times(2, () -> retried(retry("{}")));

        assertThat(retried.getFirst() + retried.getLast()).isEqualTo(REPORTS);
        assertThat(world.count("SELECT COUNT(*) FROM audit_event WHERE tenant_id = ? AND action = 'report.retried'", tenant.id()))
                .isEqualTo(REPORTS);
        assertThat(jobs("generate")).isEqualTo(REPORTS);
        assertThat(world.events(run)).containsOnlyOnce("run.reopened");
        everyReportIsCounted();
        assertThat(counted("queued")).isEqualTo(REPORTS);
    }

    @Test
    void aReportThatBouncesAfterItWasReadIsNotRetried() throws Exception {
        CompletableFuture<Response> call;
        try (var bounced = HeldRows.of(database, BOUNCE, reports.get(3))) {
            call = CompletableFuture.supplyAsync(() -> retry("{}"));
            await().atMost(TIMEOUT).until(() -> world.count(WAITING), waiting -> waiting == 1);
        }

        assertThat(retried(call.get())).isEqualTo(REPORTS - 1);
        assertThat(call.get().<Boolean>path("complete")).isTrue();
        assertThat(status(reports.get(3))).isEqualTo("bounced");
        assertThat(world.events(reports.get(3))).doesNotContain("report.retried");
    }

    @Test
    void withAKeyEachSetIsCommittedAtOnceAndTheAnswerIsRepeated() throws Exception {
        var key = UUID.randomUUID().toString();
        CompletableFuture<Response> call;
        try (var held = HeldRows.of(database, LOCK, reports.getLast())) {
            call = CompletableFuture.supplyAsync(() -> retry("{}", key));
            await().atMost(TIMEOUT).until(() -> jobs("generate"), jobs -> jobs == SET);
            assertThat(world.events(run)).containsOnlyOnce("run.retried");
            assertThat(retry("{}", key).statusCode()).isEqualTo(409);
        }
        assertThat(retried(call.get())).isEqualTo(REPORTS);
        failAgain(reports.getFirst());

        var again = retry("{}", key);

        assertThat(again.header("Idempotency-Replayed")).isEqualTo("true");
        assertThat(retried(again)).isEqualTo(REPORTS);
        assertThat(status(reports.getFirst())).isEqualTo("failed");
    }

    @Test
    void aReportThatCannotBeRetriedDoesNotKeepTheOthersFromIt() {
        world.sql("UPDATE report SET delivery = 'by pigeon' WHERE id = UNHEX(?)", reports.get(100));

        var answer = retry("{}");

        assertThat(retried(answer)).isEqualTo(REPORTS - 1);
        assertThat(answer.<Boolean>path("complete")).isFalse();
        assertThat(status(reports.get(100))).isEqualTo("failed");
        assertThat(world.rows("SELECT detail FROM audit_event WHERE subject = ? AND action = 'run.retried'", run).stream()
                        .map(row -> row.getString(0))
                        .mapToInt(detail -> Integer.parseInt(detail.replaceAll("\\D", "")))
                        .sum())
                .isEqualTo(REPORTS - 1);
        everyReportIsCounted();
    }

    @Test
    void manyFaultsInARowEndTheCallAndItsEventIsWritten() {
        world.sql("UPDATE report SET delivery = 'by pigeon' WHERE run_id = UNHEX(?)", run);

        var answer = retry("{}");

        assertThat(retried(answer)).isZero();
        assertThat(answer.<Boolean>path("complete")).isFalse();
        assertThat(world.events(run)).containsOnlyOnce("run.retried");
    }

    @Test
    void reportsOfAHeldRunStayAndTheAnswerSaysSo() {
        world.sql("UPDATE run SET state = 'held', finished_at = NULL WHERE id = UNHEX(?)", run);

        var answer = retry("{}");

        assertThat(retried(answer)).isZero();
        assertThat(answer.<Boolean>path("complete")).isFalse();
        assertThat(jobs("generate")).isZero();
    }

    @Test
    void reportsWithFilesAreMailedAndTheOthersAreGenerated() {
        mailed(reports.getFirst(), "NOW(6) + INTERVAL 1 DAY");
        mailed(reports.get(1), "NOW(6) - INTERVAL 1 DAY");

        assertThat(retried(retry("{}"))).isEqualTo(REPORTS);

        assertThat(status(reports.getFirst())).isEqualTo("generated");
        assertThat(status(reports.get(1))).isEqualTo("queued");
        assertThat(jobs("deliver")).isEqualTo(1);
        assertThat(jobs("generate")).isEqualTo(REPORTS - 1);
        assertThat(world.count("SELECT COUNT(*) FROM file WHERE tenant_id = ?", tenant.id())).isEqualTo(1);
        assertThat(world.count("SELECT COUNT(*) FROM delivery WHERE tenant_id = ? AND unknown_before", tenant.id())).isEqualTo(2);
        everyReportIsCounted();
    }

    private void mailed(String report, String expiry) {
        world.sql("""
            INSERT INTO file (tenant_id, report_id, format, media_type, bytes, sha256, path, created_at, expires_at)
            VALUES (?, UNHEX(?), 'mail', 'message/rfc822', 1, REPEAT('0', 64), '', NOW(6), %s)""".formatted(expiry), tenant.id(), report);
        for (var number : List.of(1, 2)) {
            world.sql("""
                INSERT INTO delivery (tenant_id, report_id, number, mode, address, message_id, attempts, outcome, unknown_before, began_at)
                VALUES (?, UNHEX(?), ?, 'attachment', 'a@b.test', '<a@b.test>', 1, 'unknown', FALSE, NOW(6))""",
                    tenant.id(), report, number);
        }
    }

    private void failAgain(String report) {
        world.sql("DELETE FROM job WHERE report_id = UNHEX(?)", report);
        world.sql("UPDATE report SET status = 'failed' WHERE id = UNHEX(?)", report);
    }

    private Response retry(String body) {
        return asAdmin(tenant.slug()).contentType(ContentType.JSON).body(body).post("/api/v1/runs/" + run + "/retry");
    }

    private Response retry(String body, String key) {
        return asAdmin(tenant.slug()).contentType(ContentType.JSON).header("Idempotency-Key", key).body(body)
                .post("/api/v1/runs/" + run + "/retry");
    }

    private static int retried(Response answer) {
        assertThat(answer.statusCode()).isEqualTo(202);
        return answer.path("retried");
    }

    private int jobs(String lane) {
        return world.count("SELECT COUNT(*) FROM job WHERE tenant_id = ? AND lane = ?", tenant.id(), lane);
    }

    private String status(String report) {
        return world.one("SELECT status FROM report WHERE id = UNHEX(?)", report).getString("status");
    }

    /** The counters agree with the reports, and the ledger with the number of due reports. */
    private void everyReportIsCounted() {
        for (var status : List.of("queued", "generated", "failed")) {
            assertThat(counted(status)).as(status).isEqualTo(world.count(
                    "SELECT COUNT(*) FROM report WHERE run_id = UNHEX(?) AND status = ?", run, status));
        }
        var ledger = World.get(ledgers.find(new Scope.OfTenant(tenant.id()), run)).orElseThrow();
        assertThat(ledger.due()).isEqualTo(REPORTS);
        assertThat(ledger.open() + ledger.failed()).isEqualTo(REPORTS);
    }

    private int counted(String status) {
        return world.count("""
            SELECT COALESCE(SUM(n), 0)
            FROM (SELECT n FROM run_count WHERE run_id = UNHEX(?) AND status = ?
                  UNION ALL
                  SELECT delta FROM run_delta WHERE run_id = UNHEX(?) AND status = ?) counters""", run, status, run, status);
    }
}

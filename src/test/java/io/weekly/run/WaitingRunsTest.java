package io.weekly.run;

import static io.weekly.testing.World.get;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.smallrye.mutiny.Uni;
import io.weekly.database.Ids;
import io.weekly.definition.Definition;
import io.weekly.definition.DefinitionLoader;
import io.weekly.report.DeliveryMode;
import io.weekly.report.ReportRequests;
import io.weekly.report.ReportStatus;
import io.weekly.report.ReportVerbs;
import io.weekly.run.RunDecisions.Decided;
import io.weekly.source.DatasetException;
import io.weekly.source.DatasetParameters;
import io.weekly.source.Readiness;
import io.weekly.tenant.Scope;
import io.weekly.testing.TestDefinitions;
import io.weekly.testing.TestMail;
import io.weekly.testing.TestServers;
import io.weekly.testing.World;
import io.weekly.testing.World.TenantRow;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Runs, and reports on demand, of a definition whose data come when the test says so; with lanes that work. */
@QuarkusTest
@QuarkusTestResource(TestServers.class)
@TestProfile(TestDefinitions.class)
class WaitingRunsTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final DatasetParameters OF_NOBODY =
            DatasetParameters.ofRun("nobody", World.WEEK.monday(), ZoneId.of("Europe/Vienna"));
    private static final int READY = 1;
    private static final int BROKEN = 2;

    @Inject
    World world;

    @Inject
    RunStart start;

    @Inject
    RunReadiness readiness;

    @Inject
    Readiness data;

    @Inject
    RunDecisions decisions;

    @Inject
    RunExpiry expiry;

    @Inject
    Runs runs;

    @Inject
    Ledgers ledgers;

    @Inject
    ReportRequests requests;

    @Inject
    ReportVerbs verbs;

    @Inject
    Clock clock;

    private TenantRow tenant;
    private String owner;

    @BeforeEach
    void aTenant() {
        tenant = world.tenant();
        owner = "owner@" + tenant.slug() + ".test";
    }

    @Test
    void nothingGoesOutBeforeTheDataAreThereAndEverythingAfter() {
        var addresses = world.recipients(tenant, 3, "late");
        var run = waiting(null);
        awaitAsked(run, 1);

        assertThat(state(run)).isEqualTo(RunState.WAITING);
        assertThat(ledger(run)).isEqualTo(new Ledger(3, 0, 0, 0, 0, 0, 0, 0, 0, 3, true));
        assertThat(world.one("SELECT deadline_at FROM run WHERE id = UNHEX(?)", run).getLocalDateTime("deadline_at")).isNull();
        assertThat(addresses).allSatisfy(address -> assertThat(TestMail.to(address)).isEmpty());

        data(READY);
        askNow(run);
        get(Uni.join().all(readiness.ask(), readiness.ask()).andFailFast());
        awaitState(run, RunState.FINISHED);

        assertThat(addresses).allSatisfy(address -> assertThat(TestMail.to(address)).hasSize(1));
        assertThat(ledger(run)).isEqualTo(new Ledger(3, 3, 0, 0, 0, 0, 0, 0, 0, 0, true));
        assertThat(world.one("SELECT deadline_at FROM run WHERE id = UNHEX(?)", run).getLocalDateTime("deadline_at")).isNotNull();
        assertThat(world.events(run))
                .containsSubsequence("run.started", "run.due-frozen", "run.waiting-for-data", "run.data-ready", "run.finished")
                .containsOnlyOnce("run.data-ready");
        assertThat(isAsked(run)).isFalse();
    }

    @Test
    void aRunOfNobodyWaitsForNothing() {
        var run = get(start.byHand(order(Ids.NONE, null)));

        awaitState(run, RunState.FINISHED);

        assertThat(isAsked(run)).isFalse();
    }

    @Test
    void whenTheWaitIsOverItsOwnerIsToldOnceAndSomebodyDecides() {
        var addresses = world.recipients(tenant, 2, "late");
        var run = get(start.byHand(order(schedule(), null)));
        awaitState(run, RunState.WAITING);
        world.sql("UPDATE run SET started_at = started_at - INTERVAL 49 HOUR WHERE id = UNHEX(?)", run);

        waitIsOver(run);
        awaitState(run, RunState.HELD);

        await().atMost(PATIENCE).until(() -> world.events(run).contains("run.owner-told"));
        assertThat(TestMail.to(owner)).singleElement().satisfies(mail -> {
            assertThat(mail.subject()).isEqualTo("Data not ready: late 2026-W40 for Tenant " + tenant.slug());
            assertThat(mail.text()).contains("the last answer was that they are not there yet", "POST /api/v1/runs/" + run + "/approval");
            assertThat(mail.messageId()).startsWith("<" + run + ".data@");
        });
        assertThat(isAsked(run)).isFalse();
        // Since when somebody has to decide counts, not since when it waited.
        get(expiry.expire());
        assertThat(state(run)).isEqualTo(RunState.HELD);
        assertThat(addresses).allSatisfy(address -> assertThat(TestMail.to(address)).isEmpty());

        assertThat(get(decisions.approve(Scope.EVERY_TENANT, run, "user:boss"))).contains(new Decided.Done());
        awaitState(run, RunState.FINISHED);
        assertThat(addresses).allSatisfy(address -> assertThat(TestMail.to(address)).hasSize(1));
        assertThat(world.events(run)).containsOnlyOnce("run.data-late").containsSubsequence("run.data-late", "run.approved", "run.finished");
        assertThat(TestMail.to(owner)).hasSize(1);
    }

    @Test
    void itsCanariesAreMadeWhenTheDataAreThereAndThenItIsHeldForThem() {
        var addresses = world.recipients(tenant, 5, "canary");
        var run = waiting(owner);
        awaitAsked(run, 1);
        assertThat(world.count("SELECT COUNT(*) FROM report WHERE tenant_id = ? AND mail_to IS NOT NULL", tenant.id())).isZero();

        data(READY);
        askNow(run);
        awaitState(run, RunState.HELD);

        await().atMost(PATIENCE).until(() -> TestMail.to(owner).size() == 3);
        assertThat(world.events(run)).containsSubsequence("run.waiting-for-data", "run.data-ready", "run.held");
        assertThat(addresses).allSatisfy(address -> assertThat(TestMail.to(address)).isEmpty());
        assertThat(ledger(run)).isEqualTo(new Ledger(5, 0, 0, 0, 0, 0, 0, 0, 0, 5, true));
        get(decisions.approve(Scope.EVERY_TENANT, run, "user:boss"));
        awaitState(run, RunState.FINISHED);
        assertThat(addresses).allSatisfy(address -> assertThat(TestMail.to(address)).hasSize(1));
    }

    @Test
    void aQueryThatFailsIsToldOnceAndAskedAgain() {
        world.recipients(tenant, 1, "broken");
        data(BROKEN);
        var run = waiting(null);
        awaitAsked(run, 1);
        askNow(run);
        awaitAsked(run, 2);
        await().atMost(PATIENCE).until(() -> world.events(run).contains("run.readiness-unknown"));
        assertThat(state(run)).isEqualTo(RunState.WAITING);

        data(READY);
        askNow(run);
        awaitState(run, RunState.FINISHED);

        assertThat(world.events(run)).containsOnlyOnce("run.readiness-unknown").contains("run.data-ready");
        assertThat(detail(run, "run.readiness-unknown")).contains("late/ready.sql", "more than 1 row");
    }

    @Test
    void whoIsToldThatTheDataAreLateIsToldWhyNobodyCouldTell() {
        world.recipients(tenant, 1, "broken");
        data(BROKEN);
        var run = get(start.byHand(order(schedule(), null)));
        awaitState(run, RunState.WAITING);

        waitIsOver(run);
        awaitState(run, RunState.HELD);

        assertThat(detail(run, "run.data-late")).contains("late/ready.sql");
        await().atMost(PATIENCE).until(() -> !TestMail.to(owner).isEmpty());
        assertThat(TestMail.to(owner)).singleElement().satisfies(mail -> assertThat(mail.text()).contains("late/ready.sql"));
    }

    @Test
    void aDefinitionThatIsGoneLeavesItsRunsWaiting() {
        world.recipients(tenant, 1, "gone");
        var run = waiting(null);
        world.sql("UPDATE run SET definition = 'gone' WHERE id = UNHEX(?)", run);

        askNow(run);
        await().atMost(PATIENCE).until(() -> world.events(run).contains("run.readiness-unknown"));

        assertThat(state(run)).isEqualTo(RunState.WAITING);
        assertThat(detail(run, "run.readiness-unknown")).contains("no usable definition gone");
    }

    @Test
    void aDefinitionThatAsksNoMoreLetsItsRunsGoOn() {
        world.recipients(tenant, 1, "lost");
        var run = waiting(null);
        world.sql("UPDATE run SET definition = 'empty-note' WHERE id = UNHEX(?)", run);

        askNow(run);
        await().atMost(PATIENCE).until(() -> world.events(run).contains("run.data-ready"));

        assertThat(state(run)).isNotEqualTo(RunState.WAITING);
    }

    @Test
    void aWaitingRunThatIsCancelledSendsNothing() {
        var addresses = world.recipients(tenant, 3, "cancel");
        var run = waiting(null);

        assertThat(get(decisions.cancel(Scope.EVERY_TENANT, run, "user:boss", "by hand"))).contains(new Decided.Done());
        data(READY);
        await().atMost(PATIENCE).until(() -> run(run).finishedAt() != null);

        assertThat(ledger(run)).isEqualTo(new Ledger(3, 0, 0, 0, 0, 0, 0, 0, 3, 0, true));
        assertThat(addresses).allSatisfy(address -> assertThat(TestMail.to(address)).isEmpty());
        assertThat(isAsked(run)).isFalse();
    }

    @Test
    void aWaitingRunThatIsApprovedGoesOnWithTheDataAsTheyAre() {
        var address = world.recipients(tenant, 1, "asis").getFirst();
        var run = waiting(null);

        assertThat(get(decisions.approve(Scope.EVERY_TENANT, run, "user:boss"))).contains(new Decided.Done());
        awaitState(run, RunState.FINISHED);

        assertThat(TestMail.to(address)).hasSize(1);
        assertThat(isAsked(run)).isFalse();
        assertThat(world.events(run)).doesNotContain("run.data-ready", "run.data-late");
    }

    @Test
    void noReportOfAWaitingRunGoesOutByItself() {
        world.recipients(tenant, 1, "single");
        var run = waiting(null);
        var report = world.reports(run).getFirst().id();

        assertThat(get(verbs.cancel(Scope.EVERY_TENANT, report, "user:boss"))).isEqualTo(new ReportVerbs.Answer.Done());

        assertThat(get(verbs.retry(Scope.EVERY_TENANT, report, "user:boss"))).isInstanceOf(ReportVerbs.Answer.NotAllowed.class);
        data(READY);
        askNow(run);
        awaitState(run, RunState.FINISHED);
        assertThat(ledger(run)).isEqualTo(new Ledger(1, 0, 0, 0, 0, 0, 0, 0, 1, 0, true));
    }

    @Test
    void aReportOnDemandIsMadeWhenTheDataAreThere() {
        world.recipients(tenant, 1, "demand");
        var report = requested();
        await().atMost(PATIENCE).until(() -> world.events(report).contains("report.put-off"));
        assertThat(detail(report, "report.put-off")).contains("the data of 2026-W40 are not ready");
        assertThat(world.report(report).status()).isEqualTo(ReportStatus.QUEUED);

        data(READY);
        world.sql("UPDATE job SET due_at = NOW(6) WHERE report_id = UNHEX(?)", report);

        assertThat(world.ended(report).status()).isEqualTo(ReportStatus.GENERATED);
        assertThat(world.report(report).attempt()).isEqualTo(1);
    }

    @Test
    void aReportOnDemandWaitsNoLongerThanARun() {
        world.recipients(tenant, 1, "demand");
        var report = requested();
        await().atMost(PATIENCE).until(() -> world.events(report).contains("report.put-off"));

        world.sql("UPDATE report SET created_at = created_at - INTERVAL 1 HOUR WHERE id = UNHEX(?)", report);
        world.sql("UPDATE job SET due_at = NOW(6) WHERE report_id = UNHEX(?)", report);

        assertThat(world.ended(report).status()).isEqualTo(ReportStatus.FAILED);
        assertThat(world.report(report).error()).isEqualTo("the data of 2026-W40 are not ready (ready), 1h after it was asked for");
    }

    @Test
    void aSampleWaitsToo() {
        world.recipients(tenant, 1, "sample");
        var recipient = world.one("SELECT id FROM recipient WHERE tenant_id = ?", tenant.id()).getLong("id");

        var sample = get(requests.sample(tenant.id(), "test", "late", "2026-W40", recipient, List.of("pdf"), owner)).orElseThrow();

        await().atMost(PATIENCE).until(() -> world.events(sample).contains("report.put-off"));
        assertThat(TestMail.to(owner)).isEmpty();
    }

    @Test
    void readyIsOneRowWhoseFirstColumnIsTrue() {
        for (var yes : List.of("1", "-1", "0.5", "TRUE", "'Y'", "' yes '", "'true'", "1, NULL", "CAST(7 AS UNSIGNED)", "2e0")) {
            assertThat(get(data.ask(asking("SELECT " + yes), OF_NOBODY))).as(yes).isTrue();
        }
        for (var no : List.of("0", "0.0", "NULL", "FALSE", "'n'", "'No'", "''", "0, 1", "1 FROM tenant WHERE FALSE", "MAX(id) FROM tenant WHERE id < 0")) {
            assertThat(get(data.ask(asking("SELECT " + no), OF_NOBODY))).as(no).isFalse();
        }
        for (var neither : List.of("'perhaps'", "DATE '2026-11-23'", "1 UNION ALL SELECT 1", "nothing FROM nowhere")) {
            assertThatThrownBy(() -> get(data.ask(asking("SELECT " + neither), OF_NOBODY))).as(neither)
                    .isInstanceOf(DatasetException.class).hasMessageStartingWith("asking/ready.sql:");
        }
    }

    private static Definition asking(String sql) {
        return (Definition) DefinitionLoader.load("asking", Map.of(
                "report.yaml", "title: T\nmail: {subject: s}\nreadiness: {query: ready}\n"
                        + "datasets: {ready: {scope: global}, rows: {scope: global}}",
                "ready.sql", sql, "rows.sql", "SELECT 1 AS a", "report.html", "<html>{rows.size}</html>", "report.css", "",
                "mail.html", "<html></html>", "mail.txt", "t"));
    }

    private String requested() {
        return get(requests.request(tenant.id(), "test", "late", "2026-W40", "u-demand-0", List.of("pdf"), DeliveryMode.NONE)).orElseThrow();
    }

    private String waiting(String canaryFor) {
        var run = get(start.byHand(order(Ids.NONE, canaryFor)));
        awaitState(run, RunState.WAITING);
        return run;
    }

    private RunOrder order(String scheduleId, String canaryFor) {
        return new RunOrder(
                tenant.id(), "test", "late", World.WEEK, scheduleId, List.of("pdf"), DeliveryMode.ATTACHMENT, 0, null, canaryFor);
    }

    private String schedule() {
        var id = Ids.next(clock);
        world.sql("""
            INSERT INTO schedule (tenant_id, id, definition, weekday, send_time, window_minutes, formats, delivery, owner, catch_up,
                                  approval, paused, created_at, updated_at)
            VALUES (?, UNHEX(?), 'late', 1, '07:00', 0, 'pdf', 'attachment', ?, 'latest', 'none', TRUE, NOW(6), NOW(6))""",
                tenant.id(), id, owner);
        return id;
    }

    /** What the readiness query finds of the day after the week. */
    private void data(int loaded) {
        world.sql("REPLACE INTO metric (tenant_id, metric, day, dimension, value) VALUES (?, 'loaded', ?, '', ?)", tenant.id(),
                World.WEEK.monday().plusWeeks(1), loaded);
    }

    private void askNow(String run) {
        world.sql("UPDATE run_wait SET ask_at = NOW(6) WHERE run_id = UNHEX(?)", run);
    }

    private void waitIsOver(String run) {
        world.sql("UPDATE run_wait SET wait_until = NOW(6), ask_at = NOW(6) WHERE run_id = UNHEX(?)", run);
    }

    private boolean isAsked(String run) {
        return world.count("SELECT COUNT(*) FROM run_wait WHERE run_id = UNHEX(?)", run) > 0;
    }

    private void awaitAsked(String run, int times) {
        await().atMost(PATIENCE).until(() -> world.count("SELECT asked FROM run_wait WHERE run_id = UNHEX(?)", run) >= times);
    }

    private Ledger ledger(String run) {
        return get(ledgers.find(new Scope.OfTenant(tenant.id()), run)).orElseThrow();
    }

    private Run run(String run) {
        return get(runs.find(Scope.EVERY_TENANT, run)).orElseThrow();
    }

    private RunState state(String run) {
        return run(run).state();
    }

    private void awaitState(String run, RunState state) {
        await().atMost(PATIENCE).until(() -> state(run) == state);
    }

    private String detail(String subject, String action) {
        return world.rows("SELECT detail FROM audit_event WHERE subject = ? AND action = ? ORDER BY id", subject, action)
                .getFirst().getString("detail");
    }
}

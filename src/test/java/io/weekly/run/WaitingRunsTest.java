package io.weekly.run;

import static io.weekly.testing.World.get;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.smallrye.mutiny.Uni;
import io.weekly.database.Ids;
import io.weekly.report.ReportVerbs;
import io.weekly.run.RunDecisions.Decided;
import io.weekly.tenant.Scope;
import io.weekly.testing.TestDefinitions;
import io.weekly.testing.TestMail;
import io.weekly.testing.TestServers;
import io.weekly.testing.World;
import io.weekly.testing.World.TenantRow;
import jakarta.inject.Inject;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Runs of a definition whose data are loaded when the test says so, with working lanes. */
@QuarkusTest
@QuarkusTestResource(TestServers.class)
@TestProfile(TestDefinitions.class)
class WaitingRunsTest {

    @Inject
    World world;

    @Inject
    LateData late;

    @Inject
    RunStart start;

    @Inject
    RunReadiness readiness;

    @Inject
    RunDecisions decisions;

    @Inject
    ReportVerbs verbs;

    private TenantRow tenant;
    private String owner;

    @BeforeEach
    void aTenant() {
        tenant = world.tenant();
        owner = "owner@" + tenant.slug() + ".test";
    }

    @Test
    void nothingIsSentBeforeTheDataAreReadyAndEverythingAfterwards() {
        var addresses = world.recipients(tenant, 3, "late");
        var run = late.waiting(late.order(tenant));
        late.awaitAsked(run, 1);

        assertThat(late.state(run)).isEqualTo(RunState.WAITING);
        assertThat(late.ledger(run)).isEqualTo(Ledger.of(3, true, Map.of("open", 3)));
        assertThat(world.one("SELECT deadline_at FROM run WHERE id = UNHEX(?)", run).getLocalDateTime("deadline_at")).isNull();
        assertThat(addresses).allSatisfy(address -> assertThat(TestMail.to(address)).isEmpty());

        late.load(tenant, LateData.READY);
        late.askNow(run);
        get(Uni.join().all(readiness.check(), readiness.check()).andFailFast());
        late.awaitState(run, RunState.FINISHED);

        assertThat(addresses).allSatisfy(address -> assertThat(TestMail.to(address)).hasSize(1));
        assertThat(late.ledger(run)).isEqualTo(Ledger.of(3, true, Map.of("delivered", 3)));
        assertThat(world.one("SELECT deadline_at FROM run WHERE id = UNHEX(?)", run).getLocalDateTime("deadline_at")).isNotNull();
        assertThat(world.events(run))
                .containsSubsequence("run.started", "run.due-frozen", "run.waiting-for-data", "run.data-ready", "run.finished")
                .containsOnlyOnce("run.data-ready");
        assertThat(late.isAsked(run)).isFalse();
    }

    @Test
    void aRunWithoutRecipientsDoesNotWait() {
        var run = get(start.byHand(late.order(tenant)));

        late.awaitState(run, RunState.FINISHED);

        assertThat(late.isAsked(run)).isFalse();
    }

    @Test
    void theCanariesAreSentWhenTheDataAreReadyAndThenTheRunIsHeld() {
        var addresses = world.recipients(tenant, 5, "canary");
        var run = late.waiting(late.order(tenant, Ids.NONE, owner));
        late.awaitAsked(run, 1);
        assertThat(world.count("SELECT COUNT(*) FROM report WHERE tenant_id = ? AND mail_to IS NOT NULL", tenant.id())).isZero();

        late.load(tenant, LateData.READY);
        late.askNow(run);
        late.awaitState(run, RunState.HELD);

        await().atMost(LateData.PATIENCE).until(() -> TestMail.to(owner).size() == 3);
        assertThat(world.events(run)).containsSubsequence("run.waiting-for-data", "run.data-ready", "run.held");
        assertThat(addresses).allSatisfy(address -> assertThat(TestMail.to(address)).isEmpty());
        assertThat(late.ledger(run)).isEqualTo(Ledger.of(5, true, Map.of("open", 5)));
        get(decisions.approve(Scope.EVERY_TENANT, run, "user:boss"));
        late.awaitState(run, RunState.FINISHED);
        assertThat(addresses).allSatisfy(address -> assertThat(TestMail.to(address)).hasSize(1));
    }

    @Test
    void aWaitingRunThatIsCancelledSendsNothing() {
        var addresses = world.recipients(tenant, 3, "cancel");
        var run = late.waiting(late.order(tenant));

        assertThat(get(decisions.cancel(Scope.EVERY_TENANT, run, "user:boss", "by hand"))).contains(new Decided.Done());
        late.load(tenant, LateData.READY);
        await().atMost(LateData.PATIENCE).until(() -> late.run(run).finishedAt() != null);

        assertThat(late.ledger(run)).isEqualTo(Ledger.of(3, true, Map.of("cancelled", 3)));
        assertThat(addresses).allSatisfy(address -> assertThat(TestMail.to(address)).isEmpty());
        assertThat(late.isAsked(run)).isFalse();
    }

    @Test
    void aWaitingRunThatIsApprovedIsReleasedWithTheDataAsTheyAre() {
        var address = world.recipients(tenant, 1, "asis").getFirst();
        var run = late.waiting(late.order(tenant));

        assertThat(get(decisions.approve(Scope.EVERY_TENANT, run, "user:boss"))).contains(new Decided.Done());
        late.awaitState(run, RunState.FINISHED);

        assertThat(TestMail.to(address)).hasSize(1);
        assertThat(late.isAsked(run)).isFalse();
        assertThat(world.events(run)).doesNotContain("run.data-ready", "run.data-late");
    }

    @Test
    void aSingleReportOfAWaitingRunCannotBeSent() {
        world.recipients(tenant, 1, "single");
        var run = late.waiting(late.order(tenant));
        var report = world.reports(run).getFirst().id();

        assertThat(get(verbs.cancel(Scope.EVERY_TENANT, report, "user:boss"))).isEqualTo(new ReportVerbs.Answer.Done());

        assertThat(get(verbs.retry(Scope.EVERY_TENANT, report, "user:boss"))).isInstanceOf(ReportVerbs.Answer.NotAllowed.class);
        late.load(tenant, LateData.READY);
        late.askNow(run);
        late.awaitState(run, RunState.FINISHED);
        assertThat(late.ledger(run)).isEqualTo(Ledger.of(1, true, Map.of("cancelled", 1)));
    }
}

package io.weekly.run;

import static io.weekly.testing.World.get;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.weekly.run.RunDecisions.Decided;
import io.weekly.tenant.Scope;
import io.weekly.testing.TestDefinitions;
import io.weekly.testing.TestMail;
import io.weekly.testing.TestServers;
import io.weekly.testing.World;
import io.weekly.testing.World.TenantRow;
import jakarta.inject.Inject;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Runs whose data come late, or whose readiness query fails, with working lanes. */
@QuarkusTest
@QuarkusTestResource(TestServers.class)
@TestProfile(TestDefinitions.class)
class WaitingRunsLateTest {

    @Inject
    World world;

    @Inject
    LateData late;

    @Inject
    RunStart start;

    @Inject
    RunDecisions decisions;

    @Inject
    RunExpiry expiry;

    private TenantRow tenant;
    private String owner;

    @BeforeEach
    void aTenant() {
        tenant = world.tenant();
        owner = "owner@" + tenant.slug() + ".test";
    }

    @Test
    void whenTheWaitIsOverTheOwnerGetsOneMailAndDecides() {
        var addresses = world.recipients(tenant, 2, "late");
        var run = get(start.byHand(late.order(tenant, late.schedule(tenant, owner), null)));
        late.awaitState(run, RunState.WAITING);
        world.sql("UPDATE run SET started_at = started_at - INTERVAL 49 HOUR WHERE id = UNHEX(?)", run);

        late.waitIsOver(run);
        late.awaitState(run, RunState.HELD);

        await().atMost(LateData.PATIENCE).until(() -> world.events(run).contains("run.owner-told"));
        assertThat(TestMail.to(owner)).singleElement().satisfies(mail -> {
            assertThat(mail.subject()).isEqualTo("Data not ready: late 2026-W40 for Tenant " + tenant.slug());
            assertThat(mail.text()).contains("The last answer was: not ready.", "POST /api/v1/runs/" + run + "/approval");
            assertThat(mail.messageId()).startsWith("<" + run + ".data@");
        });
        assertThat(late.isAsked(run)).isFalse();
        // The time for the approval counts from when the run was held, not from its start.
        get(expiry.expire());
        assertThat(late.state(run)).isEqualTo(RunState.HELD);
        assertThat(addresses).allSatisfy(address -> assertThat(TestMail.to(address)).isEmpty());

        assertThat(get(decisions.approve(Scope.EVERY_TENANT, run, "user:boss"))).contains(new Decided.Done());
        late.awaitState(run, RunState.FINISHED);
        assertThat(addresses).allSatisfy(address -> assertThat(TestMail.to(address)).hasSize(1));
        assertThat(world.events(run))
                .containsOnlyOnce("run.data-late")
                .containsSubsequence("run.data-late", "run.approved", "run.finished");
        assertThat(TestMail.to(owner)).hasSize(1);
    }

    @Test
    void theMailSaysWhyTheLastCheckFailed() {
        world.recipients(tenant, 1, "broken");
        late.load(tenant, LateData.BROKEN);
        var run = get(start.byHand(late.order(tenant, late.schedule(tenant, owner), null)));
        late.awaitState(run, RunState.WAITING);

        late.waitIsOver(run);
        late.awaitState(run, RunState.HELD);

        assertThat(late.detail(run, "run.data-late")).contains("late/ready.sql");
        await().atMost(LateData.PATIENCE).until(() -> !TestMail.to(owner).isEmpty());
        assertThat(TestMail.to(owner)).singleElement().satisfies(mail -> assertThat(mail.text()).contains("late/ready.sql"));
    }

    @Test
    void aQueryThatFailsIsOneEventAndIsAskedAgain() {
        world.recipients(tenant, 1, "broken");
        late.load(tenant, LateData.BROKEN);
        var run = late.waiting(late.order(tenant));
        late.awaitAsked(run, 1);
        late.askNow(run);
        late.awaitAsked(run, 2);
        await().atMost(LateData.PATIENCE).until(() -> world.events(run).contains("run.readiness-unknown"));
        assertThat(late.state(run)).isEqualTo(RunState.WAITING);

        late.load(tenant, LateData.READY);
        late.askNow(run);
        late.awaitState(run, RunState.FINISHED);

        assertThat(world.events(run)).containsOnlyOnce("run.readiness-unknown").contains("run.data-ready");
        assertThat(late.detail(run, "run.readiness-unknown")).contains("late/ready.sql", "more than 1 row");
    }

    @Test
    void theRunsOfAMissingDefinitionKeepWaiting() {
        world.recipients(tenant, 1, "gone");
        var run = late.waiting(late.order(tenant));
        world.sql("UPDATE run SET definition = 'gone' WHERE id = UNHEX(?)", run);

        late.askNow(run);
        await().atMost(LateData.PATIENCE).until(() -> world.events(run).contains("run.readiness-unknown"));

        assertThat(late.state(run)).isEqualTo(RunState.WAITING);
        assertThat(late.detail(run, "run.readiness-unknown")).contains("no usable definition gone");
    }

    @Test
    void theRunsOfADefinitionThatLostItsReadinessQueryAreReleased() {
        world.recipients(tenant, 1, "lost");
        var run = late.waiting(late.order(tenant));
        world.sql("UPDATE run SET definition = 'empty-note' WHERE id = UNHEX(?)", run);

        late.askNow(run);
        await().atMost(LateData.PATIENCE).until(() -> world.events(run).contains("run.data-ready"));

        assertThat(late.state(run)).isNotEqualTo(RunState.WAITING);
    }
}

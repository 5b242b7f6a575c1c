package io.weekly.run;

import static io.weekly.testing.World.get;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.weekly.database.Ids;
import io.weekly.report.DeliveryMode;
import io.weekly.report.ReportFormat;
import io.weekly.report.ReportStatus;
import io.weekly.run.RunDecisions.Decided;
import io.weekly.tenant.Scope;
import io.weekly.testing.TestMail;
import io.weekly.testing.TestServers;
import io.weekly.testing.World;
import io.weekly.testing.World.TenantRow;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Approval and cancellation of runs, with working lanes. */
@QuarkusTest
@QuarkusTestResource(TestServers.class)
class RunDecisionsTest {

    @Inject
    World world;

    @Inject
    RunStart start;

    @Inject
    RunDecisions decisions;

    @Inject
    RunExpiry expiry;

    @Inject
    Runs runs;

    @Inject
    Ledgers ledgers;

    private TenantRow tenant;
    private String owner;

    @BeforeEach
    void aTenant() {
        tenant = world.tenant();
        world.figures(tenant);
        owner = "owner@" + tenant.slug() + ".test";
    }

    @Test
    void aHeldRunSendsCanariesToTheOwnerAndTheRestAfterApproval() {
        var addresses = world.recipients(tenant, 5, "held");

        var run = get(start.byHand(order(null, owner)));
        awaitState(run, RunState.HELD);
        await().atMost(Duration.ofSeconds(60)).until(() -> TestMail.to(owner).size() == 3);
        assertThat(addresses).allSatisfy(address -> assertThat(TestMail.to(address)).isEmpty());
        assertThat(run(run).counts()).isEqualTo(Map.of("queued", 5));
        assertThat(ledger(run)).isEqualTo(Ledger.of(5, true, Map.of("open", 5)));

        assertThat(get(decisions.approve(Scope.EVERY_TENANT, run, "user:boss"))).contains(new Decided.Done());
        awaitState(run, RunState.FINISHED);
        assertThat(addresses).allSatisfy(address -> assertThat(TestMail.to(address)).hasSize(1));
        assertThat(TestMail.to(owner)).hasSize(3);
        assertThat(ledger(run)).isEqualTo(Ledger.of(5, true, Map.of("delivered", 5)));
        assertThat(world.events(run)).containsSubsequence("run.started", "run.due-frozen", "run.held", "run.approved", "run.finished");
        assertThat(get(decisions.approve(Scope.EVERY_TENANT, run, "user:boss"))).contains(new Decided.NotAllowed(RunState.FINISHED));
    }

    @Test
    void aRunThatNobodyApprovesInTimeIsCancelledAndSendsNothing() {
        var addresses = world.recipients(tenant, 4, "late");
        var run = get(start.byHand(order(null, owner)));
        awaitState(run, RunState.HELD);
        get(expiry.expire());
        assertThat(run(run).state()).isEqualTo(RunState.HELD);

        world.sql("UPDATE run SET held_at = NOW(6) - INTERVAL 49 HOUR WHERE id = UNHEX(?)", run);
        get(expiry.expire());

        awaitEnd(run);
        assertThat(run(run).state()).isEqualTo(RunState.CANCELLED);
        assertThat(ledger(run)).isEqualTo(Ledger.of(4, true, Map.of("cancelled", 4)));
        assertThat(addresses).allSatisfy(address -> assertThat(TestMail.to(address)).isEmpty());
        assertThat(world.count("SELECT COUNT(*) FROM job j JOIN report r ON r.id = j.report_id WHERE r.run_id = UNHEX(?)", run)).isZero();
    }

    @Test
    void aRunThatCannotBeCancelledDoesNotKeepOthersFromTheirEnd() {
        world.recipients(tenant, 1, "broken");
        var broken = get(start.byHand(order(null, owner)));
        awaitState(broken, RunState.HELD);
        var other = world.tenant();
        world.figures(other);
        world.recipients(other, 1, "other");
        var run = get(start.byHand(new RunOrder(
                other.id(), "test", "weekly-business", World.WEEK, Ids.NONE, List.of(ReportFormat.PDF), DeliveryMode.ATTACHMENT, 0, null,
                owner)));
        awaitState(run, RunState.HELD);
        assertThat(broken).isLessThan(run);
        world.sql("UPDATE run SET held_at = NOW(6) - INTERVAL 49 HOUR WHERE id IN (UNHEX(?), UNHEX(?))", broken, run);
        world.sql("UPDATE run SET formats = 'odd' WHERE id = UNHEX(?)", broken);

        get(expiry.expire());

        assertThat(run(run).state()).isEqualTo(RunState.CANCELLED);
        world.sql("UPDATE run SET formats = 'pdf' WHERE id = UNHEX(?)", broken);
        get(expiry.expire());
        assertThat(run(broken).state()).isEqualTo(RunState.CANCELLED);
    }

    @Test
    void aRunThatIsCancelledInTheMiddleSendsOnlyWhatHadStarted() {
        var addresses = world.recipients(tenant, 120, "cancel");
        var run = get(start.byHand(order(null, null)));
        await().atMost(Duration.ofSeconds(60)).until(() -> run(run).counts().getOrDefault("delivered", 0) > 0);

        assertThat(get(decisions.cancel(Scope.EVERY_TENANT, run, "user:boss", "wrong figures"))).contains(new Decided.Done());
        awaitEnd(run);

        var ledger = ledger(run);
        assertThat(ledger.balanced()).isTrue();
        assertThat(ledger.open()).isZero();
        assertThat(ledger.cancelled()).isPositive();
        assertThat(ledger.delivered() + ledger.cancelled()).isEqualTo(120);
        var mailed = addresses.stream().mapToInt(address -> TestMail.to(address).size()).sum();
        assertThat(mailed).isEqualTo(ledger.delivered());
        assertThat(world.reports(run)).allMatch(report -> report.done() && report.status() != ReportStatus.GENERATED);
        assertThat(get(decisions.cancel(Scope.EVERY_TENANT, run, "user:boss", "again")))
                .contains(new Decided.NotAllowed(RunState.CANCELLED));
    }

    @Test
    void theRunOfAnotherTenantCannotBeDecided() {
        world.recipients(tenant, 1, "other");
        var run = get(start.byHand(order(null, owner)));
        awaitState(run, RunState.HELD);
        var stranger = new Scope.OfTenant(world.tenant().id());

        assertThat(get(decisions.approve(stranger, run, "user:boss"))).isEmpty();
        assertThat(get(decisions.cancel(stranger, run, "user:boss", "by hand"))).isEmpty();
        assertThat(get(ledgers.find(stranger, run))).isEmpty();
        assertThat(run(run).state()).isEqualTo(RunState.HELD);
    }

    @Test
    void aRunWithoutRecipientsNeedsNoApproval() {
        var run = get(start.byHand(order(null, owner)));

        awaitState(run, RunState.FINISHED);
        assertThat(TestMail.to(owner)).isEmpty();
    }

    @Test
    void anAudienceIsTheRecipientsWithOneOfTheTags() {
        world.recipients(tenant, 4, "tag");
        tag(0, "sales");
        tag(1, "it's \\ \"quoted\" ünïcode");
        tag(2, "SALES");

        var run = get(start.byHand(order(new Audience(List.of("sales", "it's \\ \"quoted\" ünïcode", "nobody's")), null)));
        awaitState(run, RunState.FINISHED);

        assertThat(world.reports(run)).extracting(report -> report.recipient()).containsExactlyInAnyOrder("u-tag-0", "u-tag-1");
        assertThat(ledger(run).due()).isEqualTo(2);
    }

    private void tag(int recipient, String tag) {
        world.sql("UPDATE recipient SET tags = JSON_ARRAY(?, 'else') WHERE tenant_id = ? AND user_id = ?", tag, tenant.id(),
                "u-tag-" + recipient);
    }

    private RunOrder order(Audience audience, String approver) {
        return new RunOrder(
                tenant.id(), "test", "weekly-business", World.WEEK, Ids.NONE, List.of(ReportFormat.PDF), DeliveryMode.ATTACHMENT, 0,
                audience, approver);
    }

    private Ledger ledger(String run) {
        return get(ledgers.find(new Scope.OfTenant(tenant.id()), run)).orElseThrow();
    }

    private Run run(String run) {
        return get(runs.find(Scope.EVERY_TENANT, run)).orElseThrow();
    }

    private void awaitState(String run, RunState state) {
        await().atMost(Duration.ofSeconds(60)).until(() -> run(run).state() == state);
    }

    private void awaitEnd(String run) {
        await().atMost(Duration.ofSeconds(60)).until(() -> Optional.ofNullable(run(run).finishedAt()).isPresent());
    }
}

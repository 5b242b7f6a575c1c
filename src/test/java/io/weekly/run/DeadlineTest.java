package io.weekly.run;

import static io.weekly.testing.World.get;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.weekly.database.Ids;
import io.weekly.database.Utc;
import io.weekly.report.DeliveryMode;
import io.weekly.report.ReportFormat;
import io.weekly.tenant.Scope;
import io.weekly.testing.HandDriven;
import io.weekly.testing.TestServers;
import io.weekly.testing.World;
import io.weekly.testing.World.TenantRow;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** When a run has its deadline. */
@QuarkusTest
@QuarkusTestResource(TestServers.class)
@TestProfile(HandDriven.class)
class DeadlineTest {

    @Inject
    World world;

    @Inject
    RunDeadlines deadlines;

    @Inject
    RunStart start;

    @Inject
    RunEnqueuer enqueuer;

    @Inject
    RunDecisions decisions;

    @Inject
    Clock clock;

    private TenantRow tenant;
    private String owner;

    @BeforeEach
    void aTenantWithFiveRecipients() {
        tenant = world.tenant("America/New_York");
        world.recipients(tenant, 5, "due");
        owner = "owner@" + tenant.slug() + ".test";
    }

    @Test
    void theDeadlineIsAConfiguredTimeAfterTheWindow() {
        var run = get(start.byHand(order(90, null)));

        assertThat(deadline(run)).isCloseTo(clock.instant().plus(Duration.ofMinutes(90).plusHours(26)), within(1, ChronoUnit.MINUTES));
        get(deadlines.judge());
        assertThat(world.count("SELECT COUNT(*) FROM run WHERE id = UNHEX(?) AND judged_at IS NULL", run)).isEqualTo(1);
    }

    @Test
    void aHeldRunHasNoDeadlineUntilItIsApproved() {
        var run = held();
        assertThat(deadline(run)).isNull();

        get(decisions.approve(Scope.EVERY_TENANT, run, "user:boss"));

        assertThat(deadline(run)).isCloseTo(clock.instant().plus(Duration.ofMinutes(90).plusHours(26)), within(1, ChronoUnit.MINUTES));
    }

    @Test
    void aHeldRunThatIsCancelledGetsADeadline() {
        var run = held();

        get(decisions.cancel(Scope.EVERY_TENANT, run, "user:boss", "wrong figures"));

        assertThat(deadline(run)).isAfter(clock.instant());
    }

    private String held() {
        var run = get(start.byHand(order(90, owner)));
        await().atMost(Duration.ofSeconds(30)).until(() -> {
            get(enqueuer.enqueueOpenRuns());
            return world.one("SELECT state FROM run WHERE id = UNHEX(?)", run).getString("state").equals("held");
        });
        return run;
    }

    private RunOrder order(int windowMinutes, String approver) {
        return new RunOrder(
                tenant.id(), "test", "weekly-business", World.WEEK, Ids.NONE, List.of(ReportFormat.PDF), DeliveryMode.ATTACHMENT,
                windowMinutes, null, approver);
    }

    private Instant deadline(String run) {
        return Utc.instant(world.one("SELECT deadline_at FROM run WHERE id = UNHEX(?)", run).getLocalDateTime("deadline_at"));
    }
}

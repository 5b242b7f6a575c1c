package io.weekly.schedule;

import static io.weekly.testing.World.get;
import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.smallrye.mutiny.Uni;
import io.weekly.database.Ids;
import io.weekly.database.Utc;
import io.weekly.report.DeliveryMode;
import io.weekly.report.ReportFormat;
import io.weekly.run.Run;
import io.weekly.run.RunFilter;
import io.weekly.run.RunOrder;
import io.weekly.run.RunStart;
import io.weekly.run.RunState;
import io.weekly.run.Runs;
import io.weekly.tenant.Scope;
import io.weekly.testing.HandDriven;
import io.weekly.testing.TestServers;
import io.weekly.testing.World;
import io.weekly.testing.World.TenantRow;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(TestServers.class)
@TestProfile(HandDriven.class)
class TickTest {

    private static final ZoneId ZONE = ZoneId.of("Europe/Vienna");

    @Inject
    World world;

    @Inject
    Tick tick;

    @Inject
    RunStart start;

    @Inject
    Runs runs;

    @Inject
    Clock clock;

    private TenantRow tenant;
    private SendTime sendTime;
    private Instant lastDue;

    /** The send time was three days ago, so it never counts as on time. */
    @BeforeEach
    void aTenant() {
        tenant = world.tenant(ZONE.getId());
        sendTime = new SendTime(LocalDate.ofInstant(clock.instant(), ZONE).getDayOfWeek().minus(3), LocalTime.of(7, 0));
        lastDue = sendTime.last(clock.instant(), ZONE);
    }

    @Test
    void aDueScheduleFiresOnceHoweverManyTicksAreConcurrent() {
        var schedule = schedule(tenant, lastDue, "latest");

        get(Uni.join().all(tick.fireDue(), tick.fireDue(), tick.fireDue()).andFailFast());
        get(tick.fireDue());

        var fired = runsOf(tenant);
        assertThat(fired).hasSize(1);
        assertThat(fired.getFirst().period()).isEqualTo(sendTime.reportedAt(lastDue, ZONE).toString());
        assertThat(fired.getFirst().trigger()).isEqualTo("scheduled");
        assertThat(nextRunAt(schedule)).isEqualTo(sendTime.next(clock.instant(), ZONE));
        assertThat(world.events(schedule)).containsExactly("schedule.fired");
    }

    @Test
    void aScheduleThatIsNotDueDoesNotFire() {
        schedule(tenant, clock.instant().plusSeconds(3600), "latest");
        get(tick.fireDue());

        assertThat(runsOf(tenant)).isEmpty();
    }

    @Test
    void afterAnOutageLatestFiresOnceForTheLastWeek() {
        schedule(tenant, lastDue.minus(Duration.ofDays(21)), "latest");
        get(tick.fireDue());

        assertThat(runsOf(tenant)).extracting(Run::period)
                .containsExactly(sendTime.reportedAt(lastDue, ZONE).toString());
    }

    @Test
    void afterAnOutageAllFiresForEachWeek() {
        schedule(tenant, sendTime.last(lastDue.minus(Duration.ofDays(14)), ZONE), "all");
        for (var i = 0; i < 5; i++) {
            get(tick.fireDue());
        }

        assertThat(runsOf(tenant)).hasSize(3).extracting(Run::period).doesNotHaveDuplicates();
    }

    @Test
    void afterAnOutageNoneSkipsAndWritesAnEvent() {
        var schedule = schedule(tenant, lastDue.minus(Duration.ofDays(14)), "none");
        get(tick.fireDue());

        assertThat(runsOf(tenant)).isEmpty();
        assertThat(world.events(schedule)).containsExactly("schedule.missed");
        assertThat(nextRunAt(schedule)).isAfter(clock.instant());
    }

    @Test
    void oneTickFiresMoreThanAPageOfSchedules() {
        for (var i = 0; i < 230; i++) {
            schedule(tenant, lastDue, "latest", "definition-" + i);
        }
        get(tick.fireDue());

        assertThat(world.count("SELECT COUNT(*) FROM run WHERE tenant_id = ?", tenant.id())).isEqualTo(230);
    }

    @Test
    void aScheduledRunDoesNotSendAgainWhatARunByHandDelivered() {
        world.recipients(tenant, 3, "ann");
        var period = sendTime.reportedAt(lastDue, ZONE);
        var byHand = get(start.byHand(new RunOrder(
                tenant.id(), "test", "weekly-business", period, Ids.NONE, List.of(ReportFormat.PDF), DeliveryMode.ATTACHMENT, 0)));
        awaitState(byHand, RunState.RUNNING);
        world.sql("UPDATE report SET status = 'delivered' WHERE run_id = UNHEX(?)", byHand);
        schedule(tenant, lastDue, "latest");
        get(tick.fireDue());

        var scheduled = runsOf(tenant).stream().filter(run -> !run.id().equals(byHand)).findFirst().orElseThrow();
        assertThat(awaitState(scheduled.id(), RunState.RUNNING).due()).isZero();
    }

    @Test
    void aScheduledRunDeliversWhatARunByHandOnlyGenerated() {
        world.recipients(tenant, 3, "ann");
        var period = sendTime.reportedAt(lastDue, ZONE);
        var byHand = get(start.byHand(new RunOrder(
                tenant.id(), "test", "weekly-business", period, Ids.NONE, List.of(ReportFormat.PDF), DeliveryMode.NONE, 0)));
        awaitState(byHand, RunState.RUNNING);
        schedule(tenant, lastDue, "latest");
        get(tick.fireDue());

        var scheduled = runsOf(tenant).stream().filter(run -> !run.id().equals(byHand)).findFirst().orElseThrow();
        assertThat(awaitState(scheduled.id(), RunState.RUNNING).due()).isEqualTo(3);
        assertThat(scheduled.revision()).isEqualTo(2);
    }

    @Test
    void aRevisionThatWasOnlyGeneratedDoesNotSendADeliveredWeekAgain() {
        world.recipients(tenant, 3, "ann");
        var period = sendTime.reportedAt(lastDue, ZONE);
        var delivered = get(start.byHand(new RunOrder(
                tenant.id(), "test", "weekly-business", period, Ids.NONE, List.of(ReportFormat.PDF), DeliveryMode.ATTACHMENT, 0)));
        awaitState(delivered, RunState.RUNNING);
        world.sql("UPDATE report SET status = 'delivered' WHERE run_id = UNHEX(?)", delivered);
        var corrected = get(start.nextRevision(new RunOrder(
                tenant.id(), "test", "weekly-business", period, Ids.NONE, List.of(ReportFormat.PDF), DeliveryMode.NONE, 0)));
        awaitState(corrected, RunState.RUNNING);
        schedule(tenant, lastDue, "latest");
        get(tick.fireDue());

        var scheduled = runsOf(tenant).stream().filter(run -> run.trigger().equals("scheduled")).findFirst().orElseThrow();
        assertThat(awaitState(scheduled.id(), RunState.RUNNING).due()).isZero();
    }

    @Test
    void aScheduleThatIsMovedWithinTheWeekSendsWhatItsFirstRunDidNot() {
        world.recipients(tenant, 2, "ann");
        var schedule = schedule(tenant, lastDue, "latest");
        get(tick.fireDue());
        var first = runsOf(tenant).getFirst();
        awaitState(first.id(), RunState.RUNNING);
        world.sql("UPDATE report SET status = 'delivered' WHERE run_id = UNHEX(?)", first.id());
        world.recipients(tenant, 1, "new");
        // As after a change of the send time to a later hour of the day.
        world.sql("UPDATE schedule SET next_run_at = ? WHERE id = UNHEX(?)", Utc.column(lastDue), schedule);
        get(tick.fireDue());

        var second = runsOf(tenant).getFirst();
        assertThat(second.id()).isNotEqualTo(first.id());
        assertThat(awaitState(second.id(), RunState.RUNNING).due()).isEqualTo(1);
        assertThat(second.revision()).isEqualTo(2);
    }

    @Test
    void eachScheduledRunHasTheNextRevision() {
        schedule(tenant, lastDue, "latest");
        schedule(tenant, lastDue, "latest");
        get(tick.fireDue());

        assertThat(runsOf(tenant)).extracting(Run::revision).containsExactlyInAnyOrder(1, 2);
    }

    @Test
    void noneFiresAnOccurrenceThatIsOnTimeEvenIfEarlierOnesWereMissed() {
        var now = clock.instant();
        var justPassed = now.minusSeconds(60).atZone(ZONE);
        var passed = new SendTime(justPassed.getDayOfWeek(), justPassed.toLocalTime());
        var due = new DueSchedule(
                "0", tenant.id(), "weekly-business", passed, ZONE, 0, List.of(ReportFormat.PDF), DeliveryMode.NONE, null, null,
                CatchUp.NONE, now.minus(Duration.ofDays(14)));

        assertThat(due.fires(now)).hasValueSatisfying(fires -> assertThat(fires).isAfter(now.minusSeconds(120)));
        assertThat(due.fires(now.plus(Duration.ofHours(1)))).isEmpty();
    }

    private List<Run> runsOf(TenantRow of) {
        return get(runs.list(new Scope.OfTenant(of.id()), RunFilter.NONE, 200, null));
    }

    private Run awaitState(String runId, RunState state) {
        return org.awaitility.Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .until(() -> get(runs.find(Scope.EVERY_TENANT, runId)).orElseThrow(), run -> run.state() == state);
    }

    private String schedule(TenantRow of, Instant due, String catchUp) {
        return schedule(of, due, catchUp, "weekly-business");
    }

    private String schedule(TenantRow of, Instant due, String catchUp, String definition) {
        var id = Ids.next(clock);
        world.sql(
                """
                INSERT INTO schedule (tenant_id, id, definition, weekday, send_time, window_minutes, formats, delivery, owner, catch_up,
                                      approval, paused, next_run_at, created_at, updated_at)
                VALUES (?, UNHEX(?), ?, ?, '07:00', 0, 'pdf', 'attachment', 'owner@test', ?, 'none', FALSE, ?, NOW(6), NOW(6))""",
                of.id(), id, definition, sendTime.weekday().getValue(), catchUp, Utc.column(due));
        return id;
    }

    private Instant nextRunAt(String schedule) {
        return Utc.instant(world.one("SELECT next_run_at FROM schedule WHERE id = UNHEX(?)", schedule)
                .getLocalDateTime("next_run_at"));
    }
}

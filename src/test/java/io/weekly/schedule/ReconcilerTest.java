package io.weekly.schedule;

import static io.weekly.testing.World.get;
import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.weekly.report.Period;
import io.weekly.schedule.Reconciliation.Missing;
import io.weekly.tenant.Scope;
import io.weekly.tenant.Scope.OfTenant;
import io.weekly.testing.HandDriven;
import io.weekly.testing.TestServers;
import io.weekly.testing.World;
import io.weekly.testing.World.TenantRow;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(TestServers.class)
@TestProfile(HandDriven.class)
class ReconcilerTest {

    private static final ZoneId ZONE = ZoneId.of("Europe/Vienna");

    @Inject
    World world;

    @Inject
    Reconciler reconciler;

    @Inject
    Schedules schedules;

    @Inject
    Tick tick;

    @Inject
    Clock clock;

    private TenantRow tenant;
    private Period lastWeek;

    @BeforeEach
    void aTenant() {
        tenant = world.tenant(ZONE.getId());
        lastWeek = Period.of(LocalDate.ofInstant(clock.instant(), ZONE)).previous();
    }

    @Test
    void schedulesThatDidNotFireAreListed() {
        var fired = schedule(DayOfWeek.TUESDAY, "weekly-business");
        var missed = schedule(DayOfWeek.FRIDAY, "weekly-business");
        happened(fired);
        isDue(fired, DayOfWeek.TUESDAY);
        get(tick.fireDue());

        var found = reconcile();

        assertThat(found.expected()).isEqualTo(2);
        assertThat(found.fired()).isEqualTo(1);
        assertThat(found.missing()).containsExactly(new Missing(missed, tenant.slug(), "weekly-business", at(DayOfWeek.FRIDAY)));
    }

    @Test
    void aScheduleWhoseRunHasNoReportIsListedWithTheReason() {
        var schedule = schedule(DayOfWeek.TUESDAY, "weekly-business");
        happened(schedule);
        isDue(schedule, DayOfWeek.TUESDAY);
        get(tick.fireDue());

        Awaitility.await().atMost(Duration.ofSeconds(20)).untilAsserted(() -> {
            var found = reconcile();
            assertThat(found.fired()).isEqualTo(1);
            assertThat(found.missing()).isEmpty();
            assertThat(found.nothingDue()).singleElement().satisfies(nothing -> {
                assertThat(nothing.schedule()).isEqualTo(schedule);
                assertThat(nothing.tenant()).isEqualTo(tenant.slug());
                assertThat(nothing.run()).matches("[0-9a-f]{32}");
                assertThat(nothing.reason()).isEqualTo("The tenant has no active recipient.");
            });
        });
    }

    @Test
    void nextRunAtIsNotUsed() {
        var lost = schedule(DayOfWeek.TUESDAY, "weekly-business");
        happened(lost);
        // As after a fault that moved the schedule on without a run.
        world.sql("UPDATE schedule SET next_run_at = NOW(6) + INTERVAL 7 DAY WHERE id = UNHEX(?)", lost);

        assertThat(reconcile().missing()).extracting(Missing::schedule).containsExactly(lost);
    }

    @Test
    void aScheduleIsNotExpectedBeforeItsCreationWhilePausedOrAfterItsEnd() {
        schedule(DayOfWeek.TUESDAY, "weekly-business");
        world.sql("UPDATE schedule SET created_at = NOW(6), updated_at = NOW(6) WHERE tenant_id = ?", tenant.id());
        world.sql("UPDATE audit_event SET at = NOW(6) WHERE tenant_id = ?", tenant.id());
        var paused = schedule(DayOfWeek.WEDNESDAY, "weekly-business");
        pause(paused, lastWeek.monday());
        var ended = schedule(DayOfWeek.FRIDAY, "weekly-business");
        world.sql("UPDATE schedule SET ended_at = ? WHERE id = UNHEX(?)", lastWeek.monday().atStartOfDay(), ended);

        assertThat(reconcile()).isEqualTo(new Reconciliation(0, 0, List.of(), List.of()));
    }

    @Test
    void aScheduleThatWasPausedAfterwardsShouldHaveFired() {
        var paused = schedule(DayOfWeek.TUESDAY, "weekly-business");
        pause(paused, lastWeek.monday().plusDays(3));

        assertThat(reconcile().missing()).extracting(Missing::schedule).containsExactly(paused);
    }

    @Test
    void aTenantSeesOnlyItsOwnSchedules() {
        schedule(DayOfWeek.TUESDAY, "weekly-business");
        var stranger = world.tenant();

        assertThat(get(reconciler.reconcile(new OfTenant(stranger.id()), lastWeek)).expected()).isZero();
        assertThat(get(reconciler.reconcile(Scope.EVERY_TENANT, lastWeek)).expected()).isPositive();
    }

    @Test
    void aFutureWeekExpectsNothingYet() {
        schedule(DayOfWeek.TUESDAY, "weekly-business");

        assertThat(get(reconciler.reconcile(new OfTenant(tenant.id()), lastWeek.next().next())).expected()).isZero();
    }

    private Reconciliation reconcile() {
        return get(reconciler.reconcile(new OfTenant(tenant.id()), lastWeek));
    }

    /** A schedule that has existed for a month. */
    private String schedule(DayOfWeek weekday, String definition) {
        var wanted = new Schedule(
                null, definition, weekday, LocalTime.of(6, 30), 0, null, "none", null, "owner@acme.test", null, null, false, null);
        var id = get(schedules.create(new OfTenant(tenant.id()), wanted, "user:boss")).orElseThrow().id();
        world.sql(
                "UPDATE schedule SET created_at = NOW(6) - INTERVAL 30 DAY, updated_at = NOW(6) - INTERVAL 30 DAY WHERE id = UNHEX(?)", id);
        world.sql("UPDATE audit_event SET at = NOW(6) - INTERVAL 30 DAY WHERE subject = ?", id);
        return id;
    }

    private void pause(String id, LocalDate day) {
        var schedule = get(schedules.find(new OfTenant(tenant.id()), id)).orElseThrow();
        var paused = new Schedule(
                id, schedule.definition(), schedule.weekday(), schedule.time(), 0, null, "none", null, schedule.owner(), null, null,
                true, null);
        get(schedules.update(new OfTenant(tenant.id()), paused, "user:boss"));
        world.sql("UPDATE schedule SET updated_at = ? WHERE id = UNHEX(?)", day.atStartOfDay(), id);
        world.sql("UPDATE audit_event SET at = ? WHERE subject = ? AND action = 'schedule.paused'", day.atStartOfDay(), id);
    }

    private void isDue(String id, DayOfWeek weekday) {
        world.sql("UPDATE schedule SET next_run_at = ? WHERE id = UNHEX(?)", io.weekly.database.Utc.column(at(weekday)), id);
    }

    /** Its last occurrence was two weeks ago. */
    private void happened(String id) {
        world.sql("UPDATE schedule SET catch_up = 'all' WHERE id = UNHEX(?)", id);
    }

    private Instant at(DayOfWeek weekday) {
        return lastWeek.monday().plusDays(weekday.getValue() - 1L).atTime(6, 30).atZone(ZONE).toInstant();
    }
}

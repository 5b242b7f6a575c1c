package io.weekly.owner;

import static io.weekly.testing.World.get;

import io.weekly.database.Database;
import io.weekly.run.LateRuns;
import io.weekly.schedule.OwnerProblem;
import io.weekly.schedule.Schedule;
import io.weekly.schedule.Schedules;
import io.weekly.tenant.Scope.OfTenant;
import io.weekly.testing.World;
import io.weekly.testing.World.TenantRow;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Schedules, their owners, and letters to them, for tests of what happens to the letters. */
@ApplicationScoped
class OwnersOfTenant {

    private final World world;
    private final LateRuns lateRuns;
    private final OwnerMailSender sender;
    private final OwnerProblems problems;
    private final Schedules schedules;
    private final Database database;

    OwnersOfTenant(
            World world, LateRuns lateRuns, OwnerMailSender sender, OwnerProblems problems, Schedules schedules, Database database) {
        this.world = world;
        this.lateRuns = lateRuns;
        this.sender = sender;
        this.problems = problems;
        this.schedules = schedules;
        this.database = database;
    }

    static OfTenant scope(TenantRow tenant) {
        return new OfTenant(tenant.id());
    }

    static String address(TenantRow tenant, String name) {
        return "%s@%s.test".formatted(name, tenant.slug());
    }

    void fallback(TenantRow tenant, String name) {
        world.sql("UPDATE tenant SET fallback_address = ? WHERE id = ?", address(tenant, name), tenant.id());
    }

    String schedule(TenantRow tenant, String owner) {
        return get(schedules.create(scope(tenant), wanted(tenant, null, owner), "user:boss")).orElseThrow().id();
    }

    static Schedule wanted(TenantRow tenant, @Nullable String id, String owner) {
        return new Schedule(
                id, "plain", DayOfWeek.MONDAY, LocalTime.of(6, 30), 0, null, "none", null, address(tenant, owner), null, null, true, null);
    }

    /** A run of the schedule that misses its deadline. Its letter is sent once. */
    String late(TenantRow tenant, String schedule) {
        var run = stored(tenant, schedule);
        get(sender.send());
        return run;
    }

    /** A run of the schedule that misses its deadline. Its letter waits. */
    String stored(TenantRow tenant, String schedule) {
        // A schedule has one run of a week.
        world.sql("UPDATE run SET period = '2026-W39' WHERE tenant_id = ?", tenant.id());
        world.sql("UPDATE report SET period = '2026-W39' WHERE tenant_id = ?", tenant.id());
        var run = lateRuns.of(tenant, schedule, null);
        lateRuns.judge();
        return run;
    }

    /** The letter about the run bounces, after the mail server has taken it. */
    boolean bounced(String run, String suffix, String... recipients) {
        var messageId = "<%s.deadline%s@localhost>".formatted(run, suffix);
        return get(database.transaction(transaction -> problems.bounced(
                transaction, messageId, List.of(recipients), "550 5.1.1\r\ngone", Instant.now().plus(Duration.ofDays(1)))));
    }

    /** The address to which the letter about the run is to be sent; null if none waits. */
    @Nullable String waiting(String run) {
        var rows = world.rows("SELECT address FROM owner_mail WHERE run_id = UNHEX(?)", run);
        return rows.isEmpty() ? null : rows.getFirst().getString("address");
    }

    String body(String run) {
        return world.one("SELECT body FROM owner_mail WHERE run_id = UNHEX(?)", run).getString("body");
    }

    @Nullable OwnerProblem problem(TenantRow tenant, String schedule) {
        return get(schedules.find(scope(tenant), schedule)).orElseThrow().ownerProblem();
    }
}

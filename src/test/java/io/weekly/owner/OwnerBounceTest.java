package io.weekly.owner;

import static io.weekly.testing.World.get;
import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.weekly.database.Database;
import io.weekly.database.Ids;
import io.weekly.run.LateRuns;
import io.weekly.schedule.OwnerProblem;
import io.weekly.schedule.Schedule;
import io.weekly.schedule.Schedules;
import io.weekly.tenant.Scope.OfTenant;
import io.weekly.testing.HandDrivenMails;
import io.weekly.testing.MoodyMailServer;
import io.weekly.testing.TestServers;
import io.weekly.testing.World;
import io.weekly.testing.World.TenantRow;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What happens to the letters of an owner whose address bounces: in the dialogue with the mail server, or later. */
@QuarkusTest
@QuarkusTestResource(TestServers.class)
@TestProfile(HandDrivenMails.class)
class OwnerBounceTest {

    @Inject
    World world;

    @Inject
    LateRuns lateRuns;

    @Inject
    OwnerMailSender sender;

    @Inject
    OwnerProblems problems;

    @Inject
    LetterPruner pruner;

    @Inject
    Schedules schedules;

    @Inject
    Database database;

    @Inject
    Clock clock;

    private TenantRow tenant;

    @BeforeEach
    void aTenantWithOneRecipient() {
        tenant = world.tenant();
        world.recipients(tenant, 1, "due");
    }

    @Test
    void aLetterToARefusedAddressGoesToTheFallbackAddressAndTheScheduleSaysWhy() {
        fallback("fallback");
        var schedule = schedule("reject-Owner");
        var run = late(schedule);

        assertThat(waiting(run)).isEqualTo(address("fallback"));
        assertThat(body(run)).startsWith("This letter could not be delivered to %s, the owner of the schedule: 550 5.1.1 no such mailbox"
                .formatted(address("reject-Owner")));
        assertThat(body(run)).contains("POST /api/v1/tenants/%s/schedule-transfers".formatted(tenant.slug()), "They are not complete.");

        get(sender.send());

        assertThat(MoodyMailServer.received(address("fallback"))).isEqualTo(1);
        assertThat(waiting(run)).isNull();
        assertThat(world.events(run)).containsExactly("run.deadline-missed", "run.owner-told");
        assertThat(world.events(tenant.slug())).containsExactly("owner.address-bounced");
        assertThat(problem(schedule)).satisfies(problem -> {
            assertThat(problem.address()).isEqualTo(address("reject-owner"));
            assertThat(problem.reason()).isEqualTo("550 5.1.1 no such mailbox");
            assertThat(problem.since()).isBetween(clock.instant().minusSeconds(60), clock.instant());
        });
        assertThat(get(schedules.list(scope(), null, 10))).extracting(Schedule::ownerProblem).containsExactly(problem(schedule));
    }

    @Test
    void aFallbackAddressThatBouncesTooEndsTheLetter() {
        fallback("reject-fallback");
        var run = late(schedule("reject-owner"));

        get(sender.send());
        get(sender.send());

        assertThat(waiting(run)).isNull();
        assertThat(world.events(run)).containsExactly("run.deadline-missed", "run.owner-not-told");
        assertThat(world.events(tenant.slug())).containsExactly("owner.address-bounced", "owner.fallback-bounced");
    }

    @Test
    void aFallbackAddressThatIsTheOwnersIsNone() {
        fallback("REJECT-owner");
        var run = late(schedule("reject-owner"));

        assertThat(waiting(run)).isNull();
        assertThat(world.events(run)).containsExactly("run.deadline-missed", "run.owner-not-told");
    }

    @Test
    void anotherOwnerOfTheScheduleEndsTheProblemThere() {
        var schedule = schedule("reject-owner");
        late(schedule);
        assertThat(problem(schedule)).isNotNull();

        var changed = get(schedules.update(scope(), wanted(schedule, "new-owner"), "user:boss")).orElseThrow();

        assertThat(changed.ownerProblem()).isNull();
        assertThat(problem(schedule)).isNull();
    }

    @Test
    void aLetterThatTheServerTakesLaterEndsTheProblem() {
        var schedule = schedule("owner");
        world.sql("INSERT INTO owner_problem (tenant_id, address, reason, since, late) VALUES (?, ?, '550', NOW(6), FALSE)",
                tenant.id(), address("owner"));
        assertThat(problem(schedule)).isNotNull();

        late(schedule);

        assertThat(problem(schedule)).isNull();
    }

    @Test
    void aLetterThatBouncesLaterGoesToTheFallbackAddress() {
        fallback("fallback");
        var schedule = schedule("owner");
        var run = late(schedule);
        assertThat(world.events(run)).containsExactly("run.deadline-missed", "run.owner-told");

        assertThat(bounced(run, "")).isTrue();

        assertThat(waiting(run)).isEqualTo(address("fallback"));
        assertThat(body(run)).contains("could not be delivered to %s".formatted(address("owner")), "5.1.1 gone", "They are not complete.");
        assertThat(problem(schedule).reason()).isEqualTo("550 5.1.1 gone");
        get(sender.send());
        assertThat(MoodyMailServer.received(address("fallback"))).isEqualTo(1);
    }

    @Test
    void aBounceThatIsReportedAgainChangesNothing() {
        fallback("fallback");
        var run = late(schedule("owner"));
        bounced(run, "");
        get(sender.send());

        assertThat(bounced(run, "")).isTrue();

        assertThat(waiting(run)).isNull();
        assertThat(world.events(tenant.slug())).containsExactly("owner.address-bounced");
    }

    @Test
    void aLetterThatBouncesLaterAtTheFallbackAddressEnds() {
        fallback("fallback");
        var run = late(schedule("reject-owner"));
        get(sender.send());

        assertThat(bounced(run, ".fallback")).isTrue();

        assertThat(waiting(run)).isNull();
        assertThat(world.events(tenant.slug())).containsExactly("owner.address-bounced", "owner.fallback-bounced");
        assertThat(world.events(run)).containsExactly("run.deadline-missed", "run.owner-told", "run.owner-not-told");
    }

    @Test
    void aBounceOfAnUnknownMailIsNoLetter() {
        assertThat(bounced(Ids.next(clock), "")).isFalse();
    }

    @Test
    void aLetterWhoseTextIsGoneBouncesWithItsSubject() {
        fallback("fallback");
        var run = late(schedule("owner"));
        world.sql("UPDATE owner_letter SET sent_at = sent_at - INTERVAL 6 DAY WHERE subject_id = UNHEX(?)", run);
        get(pruner.prune());

        bounced(run, "");

        assertThat(body(run)).contains("The subject of the letter: Not complete in time: plain 2026-W40", "GET /api/v1/runs/%s/ledger"
                .formatted(run)).doesNotContain("They are not complete.");
    }

    @Test
    void afterALateBounceTheProblemEndsWhenNoLaterLetterBouncesForThreeDays() {
        var schedule = schedule("owner");
        bounced(late(schedule), "");
        late(schedule);
        assertThat(problem(schedule)).as("a relay takes every letter").isNotNull();

        world.sql("UPDATE owner_problem SET accepted_at = accepted_at - INTERVAL 73 HOUR WHERE tenant_id = ?", tenant.id());
        get(pruner.prune());

        assertThat(problem(schedule)).isNull();
    }

    @Test
    void oldLettersAndProblemsOfNobodyAreForgotten() {
        var schedule = schedule("owner");
        var run = late(schedule);
        bounced(run, "");
        world.sql("UPDATE owner_letter SET sent_at = sent_at - INTERVAL 31 DAY WHERE tenant_id = ?", tenant.id());
        world.sql("UPDATE owner_problem SET since = since - INTERVAL 31 DAY WHERE tenant_id = ?", tenant.id());

        get(pruner.prune());
        assertThat(world.count("SELECT COUNT(*) FROM owner_letter WHERE tenant_id = ?", tenant.id())).isZero();
        assertThat(problem(schedule)).as("somebody has this owner still").isNotNull();

        get(schedules.end(scope(), schedule, "user:boss"));
        get(pruner.prune());
        assertThat(world.count("SELECT COUNT(*) FROM owner_problem WHERE tenant_id = ?", tenant.id())).isZero();
    }

    private void fallback(String name) {
        world.sql("UPDATE tenant SET fallback_address = ? WHERE id = ?", address(name), tenant.id());
    }

    private String address(String name) {
        return "%s@%s.test".formatted(name, tenant.slug());
    }

    private OfTenant scope() {
        return new OfTenant(tenant.id());
    }

    private String schedule(String owner) {
        return get(schedules.create(scope(), wanted(null, owner), "user:boss")).orElseThrow().id();
    }

    private Schedule wanted(@Nullable String id, String owner) {
        return new Schedule(
                id, "plain", DayOfWeek.MONDAY, LocalTime.of(6, 30), 0, null, "none", null, address(owner), null, null, true, null);
    }

    /** A run of the schedule that misses its deadline. Its letter is sent once. */
    private String late(String schedule) {
        // A schedule has one run of a week.
        world.sql("UPDATE run SET period = '2026-W39' WHERE tenant_id = ?", tenant.id());
        world.sql("UPDATE report SET period = '2026-W39' WHERE tenant_id = ?", tenant.id());
        var run = lateRuns.of(tenant, schedule, null);
        lateRuns.judge();
        get(sender.send());
        return run;
    }

    private boolean bounced(String run, String suffix) {
        var messageId = "<%s.deadline%s@localhost>".formatted(run, suffix);
        return get(database.transaction(transaction -> problems.bounced(
                transaction, messageId, "550 5.1.1\r\ngone", Instant.now().plus(Duration.ofDays(1)))));
    }

    private @Nullable String waiting(String run) {
        var rows = world.rows("SELECT address FROM owner_mail WHERE run_id = UNHEX(?)", run);
        return rows.isEmpty() ? null : rows.getFirst().getString("address");
    }

    private String body(String run) {
        return world.one("SELECT body FROM owner_mail WHERE run_id = UNHEX(?)", run).getString("body");
    }

    private OwnerProblem problem(String schedule) {
        return get(schedules.find(scope(), schedule)).orElseThrow().ownerProblem();
    }
}

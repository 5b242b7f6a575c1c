package io.weekly.owner;

import static io.weekly.owner.OwnersOfTenant.address;
import static io.weekly.owner.OwnersOfTenant.scope;
import static io.weekly.owner.OwnersOfTenant.wanted;
import static io.weekly.testing.World.get;
import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.weekly.database.Database;
import io.weekly.delivery.suppression.SuppressionReason;
import io.weekly.delivery.suppression.Suppressions;
import io.weekly.schedule.Schedule;
import io.weekly.schedule.Schedules;
import io.weekly.testing.HandDrivenMails;
import io.weekly.testing.MoodyMailServer;
import io.weekly.testing.TestServers;
import io.weekly.testing.World;
import io.weekly.testing.World.TenantRow;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What happens to the letters of an owner whose address is refused in the dialogue with the mail server, or who is replaced. */
@QuarkusTest
@QuarkusTestResource(TestServers.class)
@TestProfile(HandDrivenMails.class)
class OwnerBounceTest {

    @Inject
    World world;

    @Inject
    OwnersOfTenant owners;

    @Inject
    OwnerMails mails;

    @Inject
    OwnerMailSender sender;

    @Inject
    LetterEnds ends;

    @Inject
    ScheduleTransfers transfers;

    @Inject
    Schedules schedules;

    @Inject
    Suppressions suppressions;

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
        owners.fallback(tenant, "fallback");
        var schedule = owners.schedule(tenant, "reject-Owner");
        var run = owners.late(tenant, schedule);

        assertThat(owners.waiting(run)).isEqualTo(address(tenant, "fallback"));
        assertThat(owners.body(run)).startsWith(
                "This letter could not be delivered to %s, the owner of the schedule: 550 5.1.1 no such mailbox"
                .formatted(address(tenant, "reject-Owner")));
        assertThat(owners.body(run)).contains("POST /api/v1/tenants/%s/schedule-transfers".formatted(tenant.slug()),
                "They are not complete.");

        get(sender.send());

        assertThat(MoodyMailServer.received(address(tenant, "fallback"))).isEqualTo(1);
        assertThat(owners.waiting(run)).isNull();
        assertThat(world.events(run)).containsExactly("run.deadline-missed", "run.owner-told");
        assertThat(world.events(tenant.slug())).containsExactly("owner.address-bounced");
        assertThat(owners.problem(tenant, schedule)).satisfies(problem -> {
            assertThat(problem.address()).isEqualTo(address(tenant, "reject-owner"));
            assertThat(problem.reason()).isEqualTo("550 5.1.1 no such mailbox");
            assertThat(problem.since()).isBetween(clock.instant().minusSeconds(60), clock.instant());
        });
        assertThat(get(schedules.list(scope(tenant), null, 10))).extracting(Schedule::ownerProblem)
                .containsExactly(owners.problem(tenant, schedule));
    }

    /** A suppression is for all mails of the tenant to the address. */
    @Test
    void aLetterToASuppressedOwnerGoesToTheFallbackAddress() {
        owners.fallback(tenant, "fallback");
        var schedule = owners.schedule(tenant, "owner");
        get(database.transaction(transaction -> suppressions.add(
                transaction, tenant.id(), address(tenant, "owner"), SuppressionReason.COMPLAINED, "spam", clock.instant())));

        var run = owners.late(tenant, schedule);
        get(sender.send());

        assertThat(MoodyMailServer.received(address(tenant, "owner"))).isZero();
        assertThat(MoodyMailServer.received(address(tenant, "fallback"))).isEqualTo(1);
        assertThat(world.events(run)).containsExactly("run.deadline-missed", "run.owner-told");
        assertThat(owners.problem(tenant, schedule).reason()).contains("suppressed (complained)", "DELETE /api/v1/tenants/");
    }

    @Test
    void aFallbackAddressThatBouncesTooEndsTheLetter() {
        owners.fallback(tenant, "reject-fallback");
        var run = owners.late(tenant, owners.schedule(tenant, "reject-owner"));

        get(sender.send());
        get(sender.send());

        assertThat(owners.waiting(run)).isNull();
        assertThat(world.events(run)).containsExactly("run.deadline-missed", "run.owner-not-told");
        assertThat(world.events(tenant.slug())).containsExactly("owner.address-bounced", "owner.fallback-bounced");
    }

    @Test
    void aFallbackAddressThatIsTheOwnersIsNone() {
        owners.fallback(tenant, "REJECT-owner");
        var run = owners.late(tenant, owners.schedule(tenant, "reject-owner"));

        assertThat(owners.waiting(run)).isNull();
        assertThat(world.events(run)).containsExactly("run.deadline-missed", "run.owner-not-told");
    }

    @Test
    void anotherOwnerOfTheScheduleEndsTheProblemThere() {
        var schedule = owners.schedule(tenant, "reject-owner");
        owners.late(tenant, schedule);
        assertThat(owners.problem(tenant, schedule)).isNotNull();

        var changed = get(schedules.update(scope(tenant), wanted(tenant, schedule, "new-owner"), "user:boss")).orElseThrow();

        assertThat(changed.ownerProblem()).isNull();
        assertThat(owners.problem(tenant, schedule)).isNull();
    }

    @Test
    void aLetterThatTheServerTakesLaterEndsTheProblem() {
        var schedule = owners.schedule(tenant, "owner");
        world.sql("INSERT INTO owner_problem (tenant_id, address, reason, since, late) VALUES (?, ?, '550', NOW(6), FALSE)",
                tenant.id(), address(tenant, "owner"));
        assertThat(owners.problem(tenant, schedule)).isNotNull();

        owners.late(tenant, schedule);

        assertThat(owners.problem(tenant, schedule)).isNull();
    }

    /** What becomes of the attempt under way says nothing about the new owner. */
    @Test
    void aLetterThatIsBeingSentDuringATransferGoesToTheNewOwnerAsWell() {
        var run = owners.stored(tenant, owners.schedule(tenant, "ann"));
        var underWay = get(mails.due(1000).flatMap(due -> mails.take(
                due.stream().filter(letter -> letter.id().equals(run)).findFirst().orElseThrow(), Duration.ofMinutes(1)))).orElseThrow();

        get(transfers.transfer(scope(tenant), address(tenant, "ann"), address(tenant, "bob"), "user:boss"));

        assertThat(get(ends.told(underWay))).isEqualTo(LetterEnds.End.NONE);
        assertThat(get(ends.bounced(underWay, "550"))).isEqualTo(LetterEnds.End.NONE);
        assertThat(owners.waiting(run)).isEqualTo(address(tenant, "bob"));
        get(sender.send());
        assertThat(MoodyMailServer.received(address(tenant, "bob"))).isEqualTo(1);
    }
}

package io.weekly.owner;

import static io.weekly.owner.OwnersOfTenant.address;
import static io.weekly.owner.OwnersOfTenant.scope;
import static io.weekly.testing.World.get;
import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.weekly.database.Ids;
import io.weekly.delivery.inbound.InboundEvent;
import io.weekly.delivery.inbound.InboundEvent.MailNames;
import io.weekly.delivery.inbound.InboundEvents;
import io.weekly.delivery.inbound.InboundResult;
import io.weekly.delivery.reply.MailReply;
import io.weekly.delivery.reply.Route;
import io.weekly.delivery.reply.Step;
import io.weekly.schedule.Schedules;
import io.weekly.testing.HandDrivenMails;
import io.weekly.testing.MoodyMailServer;
import io.weekly.testing.TestServers;
import io.weekly.testing.World;
import io.weekly.testing.World.TenantRow;
import jakarta.inject.Inject;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What happens to letters that bounce after the mail server has taken them, and for how long they are remembered. */
@QuarkusTest
@QuarkusTestResource(TestServers.class)
@TestProfile(HandDrivenMails.class)
class OwnerLateBounceTest {

    @Inject
    World world;

    @Inject
    OwnersOfTenant owners;

    @Inject
    OwnerMailSender sender;

    @Inject
    LetterPruner pruner;

    @Inject
    Schedules schedules;

    @Inject
    InboundEvents inbound;

    @Inject
    Clock clock;

    private TenantRow tenant;

    @BeforeEach
    void aTenantWithOneRecipient() {
        tenant = world.tenant();
        world.recipients(tenant, 1, "due");
    }

    @Test
    void aLetterThatBouncesLaterGoesToTheFallbackAddress() {
        owners.fallback(tenant, "fallback");
        var schedule = owners.schedule(tenant, "owner");
        var run = owners.late(tenant, schedule);
        assertThat(world.events(run)).containsExactly("run.deadline-missed", "run.owner-told");

        assertThat(owners.bounced(run, "")).isTrue();

        assertThat(owners.waiting(run)).isEqualTo(address(tenant, "fallback"));
        assertThat(owners.body(run)).contains("could not be delivered to %s".formatted(address(tenant, "owner")), "5.1.1 gone",
                "They are not complete.");
        assertThat(owners.problem(tenant, schedule).reason()).isEqualTo("550 5.1.1 gone");
        get(sender.send());
        assertThat(MoodyMailServer.received(address(tenant, "fallback"))).isEqualTo(1);
    }

    /** Our DKIM signature was refused, for example: the letter would be refused at the fallback address too. */
    @ParameterizedTest
    @CsvSource({"5.7.26, not authenticated", "5.4.4, no route", "5.0.0, refused"})
    void aLetterThatIsRefusedLaterLeavesATraceAndGoesNowhereElse(String status, String text) {
        owners.fallback(tenant, "fallback");
        var schedule = owners.schedule(tenant, "owner");
        var run = owners.late(tenant, schedule);

        assertThat(apply(run, status, "550 " + status + " " + text)).isEqualTo(InboundResult.APPLIED);

        assertThat(owners.waiting(run)).isNull();
        assertThat(owners.problem(tenant, schedule)).isNull();
        assertThat(world.events(run)).containsExactly("run.deadline-missed", "run.owner-told", "run.owner-not-told");
    }

    /** The mail system is faster than our own commit. */
    @Test
    void aBounceOfALetterThatIsBeingSentHasToBeSentAgain() {
        owners.fallback(tenant, "fallback");
        var run = owners.stored(tenant, owners.schedule(tenant, "owner"));
        assertThat(apply(run, "5.1.1", "550 5.1.1 gone")).as("nobody has sent it").isEqualTo(InboundResult.UNKNOWN_MAIL);
        world.sql("UPDATE owner_mail SET attempt = 1, due_at = NOW(6) + INTERVAL 45 SECOND WHERE run_id = UNHEX(?)", run);

        assertThat(apply(run, "5.1.1", "550 5.1.1 gone")).isEqualTo(InboundResult.TOO_EARLY);

        world.sql("UPDATE owner_mail SET attempt = 0, due_at = NOW(6) WHERE run_id = UNHEX(?)", run);
        get(sender.send());
        assertThat(apply(run, "5.1.1", "550 5.1.1 gone")).isEqualTo(InboundResult.APPLIED);
        assertThat(owners.waiting(run)).isEqualTo(address(tenant, "fallback"));
    }

    /** Nobody knows whether the first attempt has sent it, and the next one is due and has not begun. */
    @Test
    void aBounceBetweenTwoAttemptsHasToBeSentAgain() {
        var run = owners.stored(tenant, owners.schedule(tenant, "owner"));
        world.sql("UPDATE owner_mail SET attempt = 1, due_at = NOW(6) - INTERVAL 1 SECOND WHERE run_id = UNHEX(?)", run);

        assertThat(apply(run, "5.1.1", "550 5.1.1 gone")).isEqualTo(InboundResult.TOO_EARLY);
    }

    /** Always the same event. */
    private InboundResult apply(String run, String status, String text) {
        var names = new MailNames(List.of("<%s.deadline@localhost>".formatted(run)), List.of(), List.of());
        var reply = new MailReply(Route.DSN, Step.LATER, 0, status, text);
        return get(inbound.apply(new InboundEvent(
                InboundEvent.Source.DSN, "letter " + run, InboundEvent.Type.BOUNCE, names, List.of(), reply, null, null)));
    }

    /** The owner's address is a list, and one of its members left. */
    @Test
    void aBounceOfAnotherRecipientIsNotTheOwners() {
        var schedule = owners.schedule(tenant, "owner");
        var run = owners.late(tenant, schedule);

        assertThat(owners.bounced(run, "", "leaver@customer.test")).isFalse();
        assertThat(owners.problem(tenant, schedule)).isNull();

        assertThat(owners.bounced(run, "", address(tenant, "owner").toUpperCase(Locale.ROOT))).isTrue();
        assertThat(owners.problem(tenant, schedule)).isNotNull();
    }

    @Test
    void aBounceThatIsReportedAgainChangesNothing() {
        owners.fallback(tenant, "fallback");
        var run = owners.late(tenant, owners.schedule(tenant, "owner"));
        owners.bounced(run, "");
        get(sender.send());

        assertThat(owners.bounced(run, "")).isTrue();

        assertThat(owners.waiting(run)).isNull();
        assertThat(world.events(tenant.slug())).containsExactly("owner.address-bounced");
    }

    @Test
    void aLetterThatBouncesLaterAtTheFallbackAddressEnds() {
        owners.fallback(tenant, "fallback");
        var run = owners.late(tenant, owners.schedule(tenant, "reject-owner"));
        get(sender.send());

        assertThat(owners.bounced(run, ".fallback")).isTrue();

        assertThat(owners.waiting(run)).isNull();
        assertThat(world.events(tenant.slug())).containsExactly("owner.address-bounced", "owner.fallback-bounced");
        assertThat(world.events(run)).containsExactly("run.deadline-missed", "run.owner-told", "run.owner-not-told");
    }

    @Test
    void aBounceOfAnUnknownMailIsNoLetter() {
        assertThat(owners.bounced(Ids.next(clock), "")).isFalse();
    }

    @Test
    void aLetterWhoseTextIsGoneBouncesWithItsSubject() {
        owners.fallback(tenant, "fallback");
        var run = owners.late(tenant, owners.schedule(tenant, "owner"));
        world.sql("UPDATE owner_letter SET sent_at = sent_at - INTERVAL 6 DAY WHERE subject_id = UNHEX(?)", run);
        get(pruner.prune());

        owners.bounced(run, "");

        assertThat(owners.body(run)).contains(
                "The subject of the letter: Not complete in time: plain 2026-W40", "GET /api/v1/runs/%s/ledger"
                .formatted(run)).doesNotContain("They are not complete.");
    }

    @Test
    void afterALateBounceTheProblemEndsWhenNoLaterLetterBouncesForThreeDays() {
        var schedule = owners.schedule(tenant, "owner");
        owners.bounced(owners.late(tenant, schedule), "");
        owners.late(tenant, schedule);
        assertThat(owners.problem(tenant, schedule)).as("a relay takes every letter").isNotNull();

        world.sql("UPDATE owner_problem SET accepted_at = accepted_at - INTERVAL 73 HOUR WHERE tenant_id = ?", tenant.id());
        get(pruner.prune());

        assertThat(owners.problem(tenant, schedule)).isNull();
    }

    @Test
    void oldLettersAndProblemsOfNobodyAreForgotten() {
        var schedule = owners.schedule(tenant, "owner");
        var run = owners.late(tenant, schedule);
        owners.bounced(run, "");
        world.sql("UPDATE owner_letter SET sent_at = sent_at - INTERVAL 31 DAY WHERE tenant_id = ?", tenant.id());
        world.sql("UPDATE owner_problem SET since = since - INTERVAL 31 DAY WHERE tenant_id = ?", tenant.id());

        get(pruner.prune());
        assertThat(world.count("SELECT COUNT(*) FROM owner_letter WHERE tenant_id = ?", tenant.id())).isZero();
        assertThat(owners.problem(tenant, schedule)).as("somebody has this owner still").isNotNull();

        get(schedules.end(scope(tenant), schedule, "user:boss"));
        get(pruner.prune());
        assertThat(world.count("SELECT COUNT(*) FROM owner_problem WHERE tenant_id = ?", tenant.id())).isZero();
    }
}

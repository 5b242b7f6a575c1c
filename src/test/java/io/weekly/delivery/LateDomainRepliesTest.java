package io.weekly.delivery;

import static io.weekly.testing.World.get;
import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.weekly.database.Database;
import io.weekly.delivery.DomainReplies.Change;
import io.weekly.delivery.DomainReplies.Reply;
import io.weekly.testing.HandDriven;
import io.weekly.testing.TestServers;
import io.weekly.testing.World;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A domain behind a relay: the relay takes every mail, and the domain refuses it later. */
@QuarkusTest
@QuarkusTestResource(TestServers.class)
@TestProfile(HandDriven.class)
class LateDomainRepliesTest {

    private static final Instant MONDAY = Instant.parse("2026-10-05T06:00:00Z");

    @Inject
    World world;

    @Inject
    Database database;

    @Inject
    DomainReplies dialogues;

    @Inject
    LateDomainReplies late;

    private String domain;

    @BeforeEach
    void aDomain() {
        domain = world.tenant().slug() + ".test";
    }

    @Test
    void theFifthLateRefusalPausesTheDomainAlthoughTheRelayTakesItsMails() {
        for (var i = 0; i < 4; i++) {
            taken(2);
            assertThat(refused()).isEmpty();
        }

        assertThat(refused()).containsExactly(new Change.Paused(domain, "550 5.7.1 no mails for <address>"));
        assertThat(refused()).isEmpty();
        assertThat(world.events(domain)).containsExactly("mail-domain.paused");
    }

    @Test
    void aMailThatArrivesSetsTheCountBack() {
        refuse(4);
        arrived(Duration.ZERO);
        refuse(4);

        assertThat(isPaused()).isFalse();
    }

    @Test
    void aDomainThatRefusesSomeOfManyMailsIsNotPaused() {
        for (var i = 0; i < 20; i++) {
            taken(LateDomainReplies.TAKEN_FOR_EACH + 1);
            refuse(1);
        }

        assertThat(isPaused()).isFalse();
    }

    @Test
    void refusalsOfOldMailsSayNothing() {
        for (var i = 0; i < 10; i++) {
            get(database.transaction(transaction -> late.refused(
                    transaction, "bea@" + domain, "550 5.7.1 no", MONDAY.minus(Duration.ofDays(2)), MONDAY)));
        }

        assertThat(isPaused()).isFalse();
    }

    @Test
    void aDomainIsOpenAgainWhenNoRefusalCameBetweenTwoProbes() {
        refuse(5);
        // These dialogues began before the pause.
        taken(1);
        taken(1);
        assertThat(isPaused()).isTrue();

        probe();
        taken(1);
        refuse(1);
        probe();
        taken(1);
        assertThat(isPaused()).as("the first probe was refused later").isTrue();

        probe();
        assertThat(taken(1)).containsExactly(new Change.Resumed(domain));
        assertThat(isPaused()).isFalse();
        assertThat(world.events(domain)).containsExactly("mail-domain.paused", "mail-domain.resumed");
    }

    @Test
    void aMailThatArrivesOpensAPausedDomain() {
        refuse(5);

        assertThat(arrived(Duration.ZERO)).containsExactly(new Change.Resumed(domain));
    }

    /** Events come in any order. */
    @Test
    void aMailThatWasSentBeforeThePauseDoesNotOpenIt() {
        refuse(5);

        assertThat(arrived(Duration.ofHours(1))).isEmpty();
        assertThat(arrived(Duration.ofDays(2))).isEmpty();
        assertThat(isPaused()).isTrue();
    }

    private List<Change> taken(int mails) {
        var reply = new Reply(domain, new HandOver.Accepted("250 ok"), MONDAY);
        return get(database.transaction(transaction -> dialogues.record(transaction, Collections.nCopies(mails, reply))));
    }

    /** @param age of the mail now: the pause has the time of the database */
    private List<Change> arrived(Duration age) {
        var now = Instant.now();
        return get(database.transaction(transaction -> late.arrived(transaction, "bea@" + domain, now.minus(age), now)));
    }

    private void refuse(int times) {
        for (var i = 0; i < times; i++) {
            refused();
        }
    }

    private List<Change> refused() {
        return get(database.transaction(transaction ->
                late.refused(transaction, "bea@" + domain, "550 5.7.1 no mails for bea@" + domain, MONDAY, MONDAY.plusSeconds(5))));
    }

    private void probe() {
        world.sql("UPDATE mail_domain SET probes = probes + 1 WHERE domain = ?", domain);
    }

    private boolean isPaused() {
        return world.count("SELECT COUNT(*) FROM mail_domain WHERE domain = ? AND paused_at IS NOT NULL", domain) == 1;
    }
}

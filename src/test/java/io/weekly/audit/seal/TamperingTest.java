package io.weekly.audit.seal;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.weekly.testing.HandDriven;
import io.weekly.testing.TestServers;
import io.weekly.testing.World;
import jakarta.inject.Inject;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Somebody with full write access to the database, and without the key, changes the audit trail. */
@QuarkusTest
@QuarkusTestResource(TestServers.class)
@TestProfile(HandDriven.class)
class TamperingTest {

    @Inject
    World world;

    @Inject
    SealedTrail trail;

    @TempDir
    Path anchors;

    private List<Long> ids;

    @BeforeEach
    void threeSealsOfFiveEvents() {
        trail.clear();
        trail.events(5);
        trail.seal(anchors);
        ids = trail.events(5);
        trail.seal(anchors);
        trail.events(5);
        trail.seal(anchors);
        assertThat(verify().code()).isEqualTo(VerifyAudit.VALID);
    }

    private SealedTrail.Output verify() {
        return trail.verify("--anchor=" + anchors);
    }

    private void isBroken(String kind) {
        var withAnchors = verify();
        assertThat(withAnchors.text()).startsWith("BROKEN").contains("(" + kind + ")");
        assertThat(withAnchors.code()).isEqualTo(VerifyAudit.BROKEN);
    }

    private void isBrokenWithoutAnchors(String kind) {
        var output = trail.verify();
        assertThat(output.text()).startsWith("BROKEN").contains("(" + kind + ")");
        assertThat(output.code()).isEqualTo(VerifyAudit.BROKEN);
    }

    @ParameterizedTest
    @CsvSource(quoteCharacter = '|', value = {
        "tenant_id, 7", "at, at + INTERVAL 1 MICROSECOND", "actor, 'user:bob'", "action, 'report.opened'", "subject, 'r-x'", "detail, NULL",
        "detail, ''", "client, '10.0.0.1'", "client, ''", "request_id, 'x'"
    })
    void aChangedColumnIsNoticed(String column, String value) {
        world.sql("UPDATE audit_event SET %s = %s WHERE id = ?".formatted(column, value), ids.get(2));

        isBrokenWithoutAnchors("changed");
    }

    /** A column that a later migration adds must be sealed too. */
    @Test
    void allColumnsOfTheTableAreSealed() {
        var columns = world.rows("""
            SELECT column_name AS name
            FROM information_schema.columns
            WHERE table_schema = DATABASE() AND table_name = 'audit_event'
            ORDER BY ordinal_position""");

        assertThat(columns.stream().map(row -> row.getString("name")))
                .containsExactly("id", "tenant_id", "at", "actor", "action", "subject", "detail", "client", "request_id");
    }

    @Test
    void aDeletedEventIsNoticed() {
        world.sql("DELETE FROM audit_event WHERE id = ?", ids.get(2));

        isBrokenWithoutAnchors("missing");
        assertThat(trail.verify().text()).contains("Seal 2, event %d: an event of this seal was deleted".formatted(ids.get(2)));
    }

    @Test
    void anEventWithAnotherIdIsNoticed() {
        world.sql("UPDATE audit_event SET id = id - 100 WHERE id = ?", ids.getFirst());

        isBrokenWithoutAnchors("missing");
    }

    @Test
    void swappedEventsAreNoticed() {
        var one = ids.get(1);
        var other = ids.get(3);
        world.sql("UPDATE audit_event SET id = -1 WHERE id = ?", one);
        world.sql("UPDATE audit_event SET id = ? WHERE id = ?", one, other);
        world.sql("UPDATE audit_event SET id = ? WHERE id = -1", other);

        isBrokenWithoutAnchors("changed");
    }

    @Test
    void anInsertedEventIsNoticed() {
        world.sql("DELETE FROM audit_seal");
        world.sql("DELETE FROM audit_event WHERE id = ?", ids.get(2));
        trail.seal();
        trail.age();
        assertThat(trail.verify().code()).isEqualTo(VerifyAudit.VALID);

        // The id is in a gap of the range.
        world.sql("INSERT INTO audit_event (id, at, actor, action, subject) VALUES (?, NOW(6), 'a', 'b', 'c')", ids.get(2));

        isBrokenWithoutAnchors("inserted");
    }

    @Test
    void anEventInsertedBelowAllOthersIsNoticed() {
        world.sql("INSERT INTO audit_event (id, at, actor, action, subject) VALUES (1, NOW(6), 'a', 'b', 'c')");
        assertThat(trail.verify().text()).as("it could be a late event").contains("Not sealed yet: 1 events");
        world.sql("DELETE FROM audit_event WHERE id = 1");
        trail.age();

        world.sql("INSERT INTO audit_event (id, at, actor, action, subject) VALUES (1, NOW(6), 'a', 'b', 'c')");

        isBrokenWithoutAnchors("inserted");
    }

    /** The list of the API would show such an event, and no seal has a range for it. */
    @ParameterizedTest
    @ValueSource(strings = {"0", "-1", "-9223372036854775808"})
    void anEventWithAnIdThatTheDatabaseNeverGivesIsNoticed(String id) {
        var own = trail.events(1);
        world.sql("UPDATE audit_event SET id = %s WHERE id = ?".formatted(id), own.getFirst());

        isBrokenWithoutAnchors("inserted");
    }

    @Test
    void aChangedSealIsNoticed() {
        world.sql("UPDATE audit_event SET actor = 'user:bob' WHERE id = ?", ids.get(2));
        world.sql("UPDATE audit_seal SET hash = REPEAT('a', 64) WHERE number = 2");

        isBrokenWithoutAnchors("signature");
        isBrokenWithoutAnchors("chain");
    }

    @ParameterizedTest
    @CsvSource(quoteCharacter = '|', value = {
        "first_id, first_id - 1", "last_id, last_id + 1", "gaps, '1'", "gaps, 'x'", "late_ids, '1'", "events, 4", "oldest_at, NOW(6)",
        "newest_at, NULL", "previous, REPEAT('0'; 64)", "sealed_at, NOW(6)", "pruned_to, 1", "key_id, 'other'", "signature, ''"
    })
    void aChangedColumnOfASealIsNoticed(String column, String value) {
        world.sql("UPDATE audit_seal SET %s = %s WHERE number = 2".formatted(column, value.replace(';', ',')));

        assertThat(trail.verify().code()).isNotEqualTo(VerifyAudit.VALID);
    }

    @Test
    void aRemovedSealIsNoticed() {
        world.sql("DELETE FROM audit_event WHERE id IN (?, ?, ?, ?, ?)", ids.toArray());
        world.sql("DELETE FROM audit_seal WHERE number = 2");

        isBrokenWithoutAnchors("chain");
    }

    @Test
    void theNewestEventsRemovedWithTheirSealsAreNoticedByTheAnchors() {
        world.sql("DELETE FROM audit_event WHERE id > ?", ids.getLast());
        world.sql("DELETE FROM audit_seal WHERE number = 3");

        isBroken("anchor");
        assertThat(trail.verify().text()).startsWith("VALID").contains("No anchors were compared.");
    }

    @Test
    void allSealsRemovedAreNoticedByTheAnchors() {
        world.sql("DELETE FROM audit_seal");

        isBroken("anchor");
        assertThat(trail.verify().code()).isEqualTo(VerifyAudit.NOT_CHECKED);
    }

    /** The service goes on after the newest events were cut off, and gives the numbers again. */
    @Test
    void removedSealsStayNoticedAfterNewOnes() {
        world.sql("DELETE FROM audit_event WHERE id > ?", ids.getLast());
        world.sql("DELETE FROM audit_seal WHERE number = 3");
        trail.events(3);
        trail.seal(anchors);

        isBroken("anchor");
    }

    @Test
    void sealsMadeAnewWithAnotherKeyAreNoticed() {
        world.sql("UPDATE audit_event SET actor = 'user:bob' WHERE id = ?", ids.get(2));

        trail.recompute(SealedTrail.foreignKeys(SealedTrail.KEY));
        isBrokenWithoutAnchors("signature");

        trail.recompute(SealedTrail.foreignKeys("k9"));
        for (var more = 0; more < Verdict.MAX_FAULTS; more++) {
            trail.events(1);
            trail.seal(SealedTrail.foreignKeys("k9"));
        }
        assertThat(trail.verify().code()).isEqualTo(VerifyAudit.NOT_CHECKED);
        assertThat(trail.verify().text()).contains("(unknown-key)");
        isBroken("anchor");
    }

    /** This needs no key: if the seals are removed, the service seals the changed events. Whoever has the key can do the same. */
    @Test
    void changedEventsThatTheServiceSealsAgainAreNoticedByTheAnchors() {
        world.sql("UPDATE audit_event SET actor = 'user:bob' WHERE id = ?", ids.get(2));
        world.sql("DELETE FROM audit_seal WHERE number > 1");

        trail.seal(anchors);

        isBroken("anchor");
        assertThat(trail.verify().text()).startsWith("VALID").contains("No anchors were compared.");
    }

    @Test
    void deletedEventsAreNotExplainedByAPruningThatNobodySigned() {
        var head = trail.seals().getLast();
        var digest = new EventDigest(head.lastId() + 1);
        var claim = Seal.after(head, digest, head.sealedMicros(), 2L, SealedTrail.KEY);
        world.sql("DELETE FROM audit_event WHERE id <= ?", ids.getLast());

        trail.insert(SealedTrail.foreignKeys(SealedTrail.KEY).sign(claim));

        isBrokenWithoutAnchors("missing");
        isBrokenWithoutAnchors("signature");
    }
}

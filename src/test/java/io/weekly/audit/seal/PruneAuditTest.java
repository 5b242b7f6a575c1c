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
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@QuarkusTest
@QuarkusTestResource(TestServers.class)
@TestProfile(HandDriven.class)
class PruneAuditTest {

    private static final String TODAY = "--before=" + LocalDate.now(ZoneOffset.UTC);

    @Inject
    World world;

    @Inject
    SealedTrail trail;

    @TempDir
    Path anchors;

    private List<Long> old;

    @BeforeEach
    void twoOldSealsAndANewOne() {
        trail.clear();
        trail.events(3);
        world.sql("UPDATE audit_event SET at = at - INTERVAL 40 DAY");
        trail.seal(anchors);
        old = trail.events(2);
        world.sql("UPDATE audit_event SET at = at - INTERVAL 30 DAY WHERE id >= ?", old.getFirst());
        trail.seal(anchors);
        trail.events(4);
        trail.seal(anchors);
    }

    private int events() {
        return world.count("SELECT COUNT(*) FROM audit_event");
    }

    private SealedTrail.Output verify() {
        return trail.verify("--anchor=" + anchors);
    }

    @Test
    void theEventsOfOldSealsGoAndTheTrailStaysValid() {
        var output = trail.prune(TODAY, "--anchor=" + anchors);

        assertThat(output.text()).contains("Removed 5 events.");
        assertThat(output.code()).isEqualTo(VerifyAudit.VALID);
        assertThat(events()).isEqualTo(4);
        assertThat(trail.seals()).hasSize(4).last().extracting(Seal::prunedTo).isEqualTo(2L);
        trail.events(1);
        trail.seal(anchors);
        assertThat(verify().text()).startsWith("VALID").contains("Checked: 5 events, 5 seals, 5 anchors");
        assertThat(trail.prune(TODAY).text()).contains("Removed 0 events.");
    }

    @Test
    void onlyWholeSealsAreRemoved() {
        var output = trail.prune("--before=" + LocalDate.now(ZoneOffset.UTC).minusDays(35));

        assertThat(output.text()).contains("Removed 3 events.");
        assertThat(verify().text()).startsWith("VALID").contains("Checked: 6 events");
        assertThat(trail.prune(Map.of("weekly.audit.days", "20")).text()).contains("Removed 2 events.");
        assertThat(verify().text()).startsWith("VALID").contains("Checked: 4 events");
    }

    @Test
    void aLateEventGoesWithTheSealThatListsIt() {
        trail.clear();
        var ids = trail.events(3);
        world.sql("UPDATE audit_event SET at = at - INTERVAL 40 DAY");
        world.sql("UPDATE audit_event SET id = -1 WHERE id = ?", ids.get(1));
        trail.seal();
        world.sql("UPDATE audit_event SET id = ? WHERE id = -1", ids.get(1));
        trail.events(1);
        trail.seal();
        assertThat(trail.seals().getLast().late().isEmpty()).isFalse();

        assertThat(trail.prune(TODAY).text()).contains("Removed 2 events.");

        assertThat(trail.verify().text()).startsWith("VALID").contains("Checked: 2 events");
    }

    @Test
    void changedEventsAreNotRemoved() {
        world.sql("UPDATE audit_event SET actor = 'user:bob' WHERE id = ?", old.getFirst());

        var output = trail.prune(TODAY);

        assertThat(output.text()).contains("STOPPED").contains("Seal 2: events of this seal were changed");
        assertThat(output.code()).isEqualTo(VerifyAudit.BROKEN);
        assertThat(events()).isEqualTo(9);
    }

    @Test
    void anEventThatAppearsInAPrunedRangeIsNoticed() {
        trail.prune(TODAY);

        world.sql("INSERT INTO audit_event (id, at, actor, action, subject) VALUES (?, NOW(6), 'a', 'b', 'c')", old.getFirst());

        assertThat(trail.verify().text()).startsWith("BROKEN").contains("(not-removed)");
    }

    @Test
    void moreThanWasPrunedIsNoticed() {
        trail.prune(TODAY);

        world.sql("UPDATE audit_seal SET pruned_to = 3 WHERE number = 4");
        world.sql("DELETE FROM audit_event");

        assertThat(trail.verify().text()).startsWith("BROKEN").contains("(signature)").contains("(missing)");
    }

    @Test
    void withoutAKeyOrADateNothingIsRemoved() {
        assertThat(trail.prune(Map.of("weekly.keys.current", "", "weekly.keys.test", ""), TODAY).code()).isEqualTo(VerifyAudit.NOT_CHECKED);
        assertThat(trail.prune().text()).contains("--before=YYYY-MM-DD or weekly.audit.days is missing");
        assertThat(trail.prune("--before=yesterday").code()).isEqualTo(VerifyAudit.NOT_CHECKED);
        assertThat(trail.prune("--before=2999-01-01").text()).contains("2999-01-01 is in the future");
        assertThat(trail.prune(Map.of("weekly.audit.days", "-400000")).text()).contains("is in the future");
        assertThat(trail.prune("--after=2026-01-01").text()).contains("unknown option --after=2026-01-01");
        assertThat(events()).isEqualTo(9);
    }
}

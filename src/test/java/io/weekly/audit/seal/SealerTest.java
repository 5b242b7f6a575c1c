package io.weekly.audit.seal;

import static io.weekly.testing.World.get;
import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.weekly.keys.TestKeyring;
import io.weekly.testing.Concurrently;
import io.weekly.testing.HandDriven;
import io.weekly.testing.LogLines;
import io.weekly.testing.TestServers;
import io.weekly.testing.World;
import jakarta.inject.Inject;
import jakarta.validation.Validation;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@QuarkusTest
@QuarkusTestResource(TestServers.class)
@TestProfile(HandDriven.class)
class SealerTest {

    private static final String INSERT =
            "INSERT INTO audit_event (id, at, actor, action, subject) VALUES (?, UTC_TIMESTAMP(6), 'user:ann', 'x.y', 'z')";

    @Inject
    World world;

    @Inject
    SealedTrail trail;

    @Inject
    SealTurns turns;

    @Inject
    SealKeyUses uses;

    @BeforeEach
    void emptyTrail() {
        trail.clear();
    }

    @Test
    void eachSealFollowsOnTheOneBefore() {
        var first = trail.events(3);
        trail.seal();
        var second = trail.events(2);
        trail.seal();
        trail.seal();

        var seals = trail.seals();
        assertThat(seals).extracting(Seal::number).containsExactly(1L, 2L);
        assertThat(seals).extracting(Seal::events).containsExactly(3, 2);
        assertThat(seals).extracting(Seal::lastId).containsExactly(first.getLast(), second.getLast());
        assertThat(seals.get(1).firstId()).isEqualTo(first.getLast() + 1);
        assertThat(seals.get(1).previous()).isEqualTo(seals.get(0).statementHash());
        assertThat(seals.get(0).gaps().text()).isEqualTo("1-" + (first.getFirst() - 1));
    }

    @Test
    void anEventIsSealedOnlyWhenItIsSettled() {
        trail.events(2);
        assertThat(get(turns.settled(Duration.ofMinutes(5)))).isZero();
        world.sql("UPDATE audit_mark SET at = at - INTERVAL 6 MINUTE");
        var later = trail.events(1);

        assertThat(get(turns.settled(Duration.ofMinutes(5)))).isPositive().isLessThan(later.getFirst());
    }

    @Test
    void aGapIsNormal() {
        var ids = trail.events(5);
        world.sql("DELETE FROM audit_event WHERE id = ?", ids.get(2));

        trail.seal();

        assertThat(trail.seals().getFirst().gaps().text()).endsWith("," + ids.get(2));
        assertThat(trail.verify().code()).isEqualTo(VerifyAudit.VALID);
    }

    @Test
    void aLateEventIsListedInTheNextSeal() {
        var ids = trail.events(5);
        world.sql("DELETE FROM audit_event WHERE id IN (?, ?)", ids.get(1), ids.get(3));
        trail.seal();
        world.sql(INSERT, ids.get(1));
        assertThat(trail.verify().text()).startsWith("VALID").contains("Not sealed yet: 1 events");

        trail.seal();
        trail.events(1);
        trail.seal();

        assertThat(trail.seals()).extracting(seal -> seal.late().text()).containsExactly(null, Long.toString(ids.get(1)), null);
        assertThat(trail.verify().text()).startsWith("VALID").contains("Checked: 5 events, 3 seals").contains("Not sealed yet: 0 events");
        world.sql("UPDATE audit_event SET actor = 'user:bob' WHERE id = ?", ids.get(1));
        assertThat(trail.verify().text()).contains("Seal 2:");
    }

    @Test
    void anEventThatComesTooLateIsNeverSealed() {
        var ids = trail.events(3);
        world.sql("DELETE FROM audit_event WHERE id = ?", ids.get(1));
        trail.seal();
        trail.age();
        world.sql(INSERT, ids.get(1));

        trail.events(1);
        trail.seal();

        assertThat(trail.seals()).allSatisfy(seal -> assertThat(seal.late().isEmpty()).isTrue());
        assertThat(trail.verify().text()).contains("event " + ids.get(1)).contains("(inserted)");
    }

    @Test
    void aSealHasAtMostTenThousandEventsAndAPassMakesSeveralSeals() {
        world.sql("""
            INSERT INTO audit_event (at, actor, action, subject, detail)
            SELECT UTC_TIMESTAMP(6), 'user:ann', 'x.y', CONCAT(a.n, b.n), '{"ä": "山"}'
            FROM (WITH RECURSIVE s AS (SELECT 1 AS n UNION ALL SELECT n + 1 FROM s WHERE n < 250) SELECT n FROM s) a,
                 (WITH RECURSIVE s AS (SELECT 1 AS n UNION ALL SELECT n + 1 FROM s WHERE n < 100) SELECT n FROM s) b""");

        trail.seal();

        assertThat(trail.seals()).extracting(Seal::events).containsExactly(10_000, 10_000, 5_000);
        assertThat(trail.verify().text()).startsWith("VALID").contains("Checked: 25000 events, 3 seals");
    }

    @Test
    void processesThatSealAtTheSameTimeMakeOneChain() throws Exception {
        trail.events(4);

        Concurrently.times(4, () -> get(trail.sealer(trail.keys(), Optional.empty()).pass()));

        assertThat(trail.seals()).hasSize(1);
        assertThat(trail.verify().code()).isEqualTo(VerifyAudit.VALID);
    }

    @Test
    void oneProcessTakesAPass() {
        world.sql("UPDATE audit_sealing SET next_at = '2000-01-01'");

        assertThat(get(turns.take(Duration.ofMinutes(1)))).isTrue();
        assertThat(get(turns.take(Duration.ofMinutes(1)))).isFalse();
    }

    @Test
    void withoutAKeyNothingIsSealed() {
        trail.events(1);

        trail.seal(new SealKeys(TestKeyring.empty(), Map.of()));

        assertThat(trail.seals()).isEmpty();
        var output = trail.verify(Map.of(
                "weekly.keys.current", "", "weekly.keys.test", "", "weekly.keys." + HandDriven.OLD_KEY, ""));
        assertThat(output.code()).isEqualTo(VerifyAudit.NOT_CHECKED);
        assertThat(output.text()).contains("No key is configured");
    }

    @Test
    void aSealOfAnOldKeyIsVerifiedWithItsPublicKey() {
        var old = SealedTrail.foreignKeys("k0");
        trail.events(1);
        trail.seal(old);
        trail.events(1);
        trail.seal();

        assertThat(trail.verify().code()).isEqualTo(VerifyAudit.NOT_CHECKED);
        var publicKey = old.publicKey("k0").orElseThrow();
        assertThat(trail.verify("--public-key=k0:" + publicKey).code()).isEqualTo(VerifyAudit.VALID);
        for (var setting : List.of("weekly.audit.public-keys.k0", "weekly.audit.public-keys.\"k0\"", "weekly.audit.public.keys.k0")) {
            assertThat(trail.verify(Map.of(setting, publicKey)).code()).as(setting).isEqualTo(VerifyAudit.VALID);
        }
        assertThat(get(uses.countByKey())).containsEntry("k0", 1L).containsEntry(SealedTrail.KEY, 1L);
    }

    @Test
    void eachSealIsOneLineInTheLog() {
        trail.events(2);

        try (var log = new LogLines()) {
            trail.seal();

            var lines = log.lines().stream().filter(line -> line.logger().equals("weekly.audit.seal")).toList();
            assertThat(lines).hasSize(1);
            assertThat(Anchor.parse(lines.getFirst().text()))
                    .contains(new Anchor(1, trail.seals().getFirst().statementHash()));
        }
    }

    /** The service does not start with them: the validator of settings runs these constraints. */
    @ParameterizedTest
    @CsvSource({"settle, PT0S, PT1S", "settle, PT-5M, PT5M", "late, PT-1S, PT0S", "sealInterval, PT0S, PT1S"})
    void durationsThatWouldSealTooEarlyAreRefused(String setting, Duration refused, Duration accepted) throws NoSuchMethodException {
        try (var validation = Validation.buildDefaultValidatorFactory()) {
            var validator = validation.getValidator().forExecutables();
            var settings = new SealedTrail.Settings(Optional.empty());
            var method = SealConfig.class.getMethod(setting);

            assertThat(validator.validateReturnValue(settings, method, refused)).hasSize(1);
            assertThat(validator.validateReturnValue(settings, method, accepted)).isEmpty();
        }
        assertThat(trail.verify(Map.of("weekly.audit.late", "-1s")).text())
                .contains("NOT CHECKED: weekly.audit.late must not be negative");
    }
}

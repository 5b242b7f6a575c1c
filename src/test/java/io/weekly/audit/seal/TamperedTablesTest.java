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
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Somebody with full write access to the database changes the tables themselves, or writes seals that the service never writes. */
@QuarkusTest
@QuarkusTestResource(TestServers.class)
@TestProfile(HandDriven.class)
class TamperedTablesTest {

    @Inject
    World world;

    @Inject
    SealedTrail trail;

    @TempDir
    Path anchors;

    @BeforeEach
    void twoSeals() {
        trail.clear();
        trail.events(2);
        trail.seal(anchors);
        trail.events(2);
        trail.seal(anchors);
        assertThat(trail.verify().code()).isEqualTo(VerifyAudit.VALID);
    }

    private void isBroken(String kind) {
        var output = trail.verify();
        assertThat(output.text()).startsWith("BROKEN").contains("(" + kind + ")");
        assertThat(output.code()).isEqualTo(VerifyAudit.BROKEN);
    }

    /** Fails if a migration changes these tables: then {@link TrailTables} must say what they are now. */
    @Test
    void theTablesAreAsTheMigrationsMakeThem() {
        assertThat(trail.differentTables()).isEmpty();
    }

    /** Each change hides an event, or lets it be something else than what is hashed. */
    @ParameterizedTest
    @CsvSource(delimiter = ';', quoteCharacter = '|', value = {
        "audit_event DROP PRIMARY KEY, ADD KEY k (id); audit_event DROP KEY k, ADD PRIMARY KEY (id) COMMENT 'the order in which things "
                + "happened'; audit_event: unique keys is not there",
        "audit_event MODIFY tenant_id DECIMAL(12,3); audit_event MODIFY tenant_id INT; audit_event: column tenant_id is decimal(12,3) NULL",
        "audit_event MODIFY tenant_id VARCHAR(20); audit_event MODIFY tenant_id INT; tenant_id is varchar(20) NULL and should be int",
        "audit_event MODIFY action VARCHAR(50) COLLATE utf8mb4_bin NOT NULL; audit_event MODIFY action VARCHAR(50) NOT NULL; utf8mb4_bin",
        "audit_event ADD COLUMN shown INT; audit_event DROP COLUMN shown; audit_event: column shown is int NULL and should not be there",
        "audit_event PARTITION BY HASH (id) PARTITIONS 2; audit_event REMOVE PARTITIONING; InnoDB with partitions",
        "audit_seal MODIFY number DOUBLE NOT NULL; audit_seal MODIFY number BIGINT NOT NULL; audit_seal: column number is double NOT NULL"
    })
    void aChangedTableIsNoticed(String change, String undo, String difference) {
        world.sql("ALTER TABLE " + change);
        try {
            assertThat(trail.verify().text()).contains("a table is not as this version makes it: ").contains(difference);
            isBroken("table");
            assertThat(trail.prune("--before=2026-01-01").code()).isEqualTo(VerifyAudit.BROKEN);
            assertThat(trail.verdict(anchors).faults()).isNotEmpty().allMatch(fault -> fault.kind() == Fault.Kind.TABLE);
        } finally {
            world.sql("ALTER TABLE " + undo);
        }
        assertThat(trail.verdict(anchors).valid()).isTrue();
    }

    @Test
    void aViewInThePlaceOfATableIsNoticed() {
        world.sql("RENAME TABLE audit_event TO audit_event_real");
        try {
            world.sql("CREATE VIEW audit_event AS SELECT * FROM audit_event_real");
            assertThat(trail.verify().text()).contains("audit_event: table is VIEW");
            isBroken("table");
        } finally {
            world.sql("DROP VIEW audit_event");
            world.sql("RENAME TABLE audit_event_real TO audit_event");
        }
    }

    @Test
    void aSealWithANumberThatTheServiceNeverGivesIsNoticed() {
        world.sql("""
            INSERT INTO audit_seal
            SELECT -3, first_id, last_id, gaps, late_ids, events, oldest_at, newest_at, hash, previous, sealed_at, pruned_to, key_id,
                   signature
            FROM audit_seal WHERE number = 1""");

        isBroken("chain");
        assertThat(trail.verify().text()).contains("Seal -3: ");
    }

    /** 64 bytes leave 4 bits of the last letter unused, so several texts are the same bytes. */
    @ParameterizedTest
    @ValueSource(strings = {"CONCAT(LEFT(signature, 85), CHAR(ASCII(SUBSTRING(signature, 86)) + 1 USING ascii), '==')",
        "LEFT(signature, 86)"})
    void anotherTextOfTheSameSignatureIsNoticed(String text) {
        world.sql("UPDATE audit_seal SET signature = %s WHERE number = 2".formatted(text));

        isBroken("signature");
    }
}

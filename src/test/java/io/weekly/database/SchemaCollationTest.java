package io.weekly.database;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.weekly.testing.TestServers;
import io.weekly.testing.World;
import jakarta.inject.Inject;
import org.junit.jupiter.api.Test;

/** The collation of the tables (V9__exact_text.sql): text that differs in a blank or a letter is other text. */
@QuarkusTest
@QuarkusTestResource(TestServers.class)
class SchemaCollationTest {

    @Inject
    World world;

    @Test
    void everyTextColumnComparesExactly() {
        var others = world.rows("""
            SELECT CONCAT(table_name, '.', column_name, ' has ', collation_name) AS name
            FROM information_schema.columns
            WHERE table_schema = DATABASE() AND table_name <> 'flyway_schema_history' AND collation_name IS NOT NULL
              AND collation_name NOT IN ('utf8mb4_0900_bin', 'utf8mb4_nopad_bin')
            ORDER BY name""");

        assertThat(others.stream().map(row -> row.getString("name")))
                .as("columns with another collation than V9__exact_text.sql")
                .isEmpty();
    }

    @Test
    void aTextIsEqualToItselfOnly() {
        var tenant = world.tenant();
        world.recipients(tenant, 1, "ann");

        for (var other : new String[] {
            "u-ann-0 ", " u-ann-0", "U-ANN-0", "u-\u00e4nn-0", "u-a\u0301nn-0", "\uff55-ann-0", "u-ann-0\u200b"}) {
            assertThat(found(tenant, other)).as(other).isZero();
        }
        assertThat(found(tenant, "u-ann-0")).isOne();
    }

    @Test
    void theTotalOfAMetricIsNotThePartWithABlankName() {
        var tenant = world.tenant();

        for (var part : new String[] {"", " ", "  "}) {
            world.sql("INSERT INTO metric (tenant_id, metric, day, dimension, value) VALUES (?, 'revenue', '2026-11-16', ?, 1)",
                    tenant.id(), part);
        }

        assertThat(world.count("SELECT COUNT(*) FROM metric WHERE tenant_id = ? AND dimension = ''", tenant.id())).isOne();
    }

    private int found(World.TenantRow tenant, String userId) {
        return world.count("SELECT COUNT(*) FROM recipient WHERE tenant_id = ? AND user_id = ?", tenant.id(), userId);
    }
}

package io.weekly.run;

import static io.weekly.testing.World.get;
import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.weekly.database.Database;
import io.weekly.database.Ids;
import io.weekly.testing.HandDriven;
import io.weekly.testing.HeldRows;
import io.weekly.testing.TestServers;
import io.weekly.testing.World;
import io.weekly.testing.World.TenantRow;
import jakarta.inject.Inject;
import java.time.Clock;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(TestServers.class)
@TestProfile(HandDriven.class)
class RunSweeperTest {

    @Inject
    World world;

    @Inject
    Database database;

    @Inject
    RunSweeper sweeper;

    @Inject
    Clock clock;

    private TenantRow tenant;
    private String run;

    @BeforeEach
    void aRunWithTwoDelivered() {
        tenant = world.tenant();
        run = Ids.next(clock);
        world.sql("""
            INSERT INTO run (tenant_id, id, definition, period, revision, schedule_id, triggered_by, actor, state, formats, delivery,
                             window_minutes, due, started_at)
            VALUES (?, UNHEX(?), 'plain', '2026-W40', 1, UNHEX(?), 'manual', 'test', 'running', 'pdf', 'attachment', 0, 2, NOW(6))""",
                tenant.id(), run, Ids.NONE);
        delta("delivered", 2);
    }

    @Test
    void aRunFinishesWhenAllItsReportsHaveEnded() {
        get(sweeper.sweep());

        assertThat(state()).isEqualTo("finished");
        assertThat(world.events(run)).containsExactly("run.finished");
    }

    @Test
    void changesCountBeforeTheyAreFolded() {
        get(sweeper.sweep());
        world.sql("UPDATE run SET state = 'running' WHERE id = UNHEX(?)", run);
        delta("delivered", -1);
        delta("generated", 1);

        // Another sweeper is folding these changes, so this one skips them.
        try (var folding = HeldRows.of(database, "SELECT id FROM run_delta WHERE run_id = UNHEX(?) FOR UPDATE", run)) {
            get(sweeper.sweep());
        }

        assertThat(state()).isEqualTo("running");
        assertThat(world.count("SELECT COUNT(*) FROM run_delta WHERE run_id = UNHEX(?)", run)).isEqualTo(2);
    }

    private void delta(String status, int delta) {
        world.sql("INSERT INTO run_delta (tenant_id, run_id, status, delta) VALUES (?, UNHEX(?), ?, ?)", tenant.id(), run, status, delta);
    }

    private String state() {
        return world.one("SELECT state FROM run WHERE id = UNHEX(?)", run).getString("state");
    }
}

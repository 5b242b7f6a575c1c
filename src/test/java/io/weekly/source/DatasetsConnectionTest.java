package io.weekly.source;

import static io.weekly.testing.World.get;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.smallrye.mutiny.Uni;
import io.weekly.testing.HandDriven;
import io.weekly.testing.TestServers;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The connections over which datasets are read: reused, replaced and cleaned up. */
@QuarkusTest
@QuarkusTestResource(TestServers.class)
@TestProfile(HandDriven.class)
class DatasetsConnectionTest extends DatasetReading {

    @Test
    void aConnectionIsReusedAfterATimeout() {
        var connections = connections();

        assertThatThrownBy(() -> read(definition("{slow: {timeout: 100ms}}", Map.of("slow", SLOW)))).isInstanceOf(DatasetException.class);

        assertThat(connections()).containsAll(connections);
    }

    @Test
    void aLostConnectionIsReplaced() {
        // More often than the pool has connections (20): the pool must replace each lost one.
        for (var i = 0; i < 22; i++) {
            var reading = datasets.read(definition("{}", Map.of("slow", SLOW)), parameters("u-1")).subscribeAsCompletionStage();
            var connection = await().until(
                    () -> world.rows("SELECT id FROM information_schema.processlist WHERE LOCATE(?, info) > 0"
                            + " AND LOCATE('processlist', info) = 0", mark), rows -> rows.size() == 1).getFirst().getLong(0);

            get(own.query("KILL " + connection).execute());

            assertThatThrownBy(() -> get(Uni.createFrom().completionStage(reading)))
                    .isNotInstanceOf(DatasetException.class)
                    // Its own dataset may be the reason, so the attempt counts.
                    .isNotInstanceOf(SourceAwayException.class);
        }
        assertThat(read(quick()).datasets().get("rows")).hasSize(1);
    }

    @Test
    void locksAndIdsOfAReportAreRemovedFromItsConnection() {
        var leaves = "SELECT GET_LOCK('" + mark + "', 1) AS l, LAST_INSERT_ID(42) AS n FROM tenant WHERE slug = :tenant";
        read(definition("{}", Map.of("rows", leaves)));

        assertThat(world.count("SELECT IS_FREE_LOCK(?)", mark)).isOne();
        // All connections of the pool, because it is unknown which one is used.
        for (var i = 0; i < 20; i++) {
            var definition = definition("{}", Map.of("rows", "SELECT LAST_INSERT_ID() AS n FROM tenant WHERE slug = :tenant"));
            var rows = read(definition).datasets().get("rows");
            assertThat(rows.getFirst().get("n")).hasToString("0");
        }
    }
}

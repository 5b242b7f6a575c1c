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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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

    /** A definition cannot do these things itself, but it may call a function of the platform's database that does. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "SET SESSION time_zone = '+09:00' | @@session.time_zone | +00:00",
        "SET SESSION sql_mode = 'NO_BACKSLASH_ESCAPES' | LOCATE('NO_BACKSLASH_ESCAPES', @@session.sql_mode) | 0",
        "SET SESSION group_concat_max_len = 4 | @@session.group_concat_max_len > 4 | 1",
        "SET NAMES latin1 | @@session.character_set_results | utf8mb4",
        "SET @left_behind = 7 | left_behind() | 0",
        "DO LAST_INSERT_ID(42) | LAST_INSERT_ID() | 0"})
    void whatAFunctionLeavesOnTheConnectionIsRemoved(String statement, String state, String original) {
        function("left_behind", "RETURN COALESCE(@left_behind, 0)");
        function("change_state", "BEGIN %s; RETURN 1; END".formatted(statement));
        var left = definition("{}", Map.of("rows", "SELECT change_state() AS n FROM tenant WHERE slug = :tenant"));

        // All connections of the pool, because it is unknown which one is used.
        for (var i = 0; i < 20; i++) {
            read(left);
            var rows = read(definition("{}", Map.of("rows", "SELECT %s AS s FROM tenant WHERE slug = :tenant".formatted(state))))
                    .datasets().get("rows");
            assertThat(rows.getFirst().get("s")).hasToString(original);
        }
    }

    @Test
    void aLockThatAFunctionTookIsReleased() {
        function("take", "RETURN GET_LOCK('%s', 1)".formatted(mark));

        var rows = read(definition("{}", Map.of("rows", "SELECT take() AS n FROM tenant WHERE slug = :tenant"))).datasets().get("rows");

        assertThat(rows.getFirst().get("n")).hasToString("1");
        assertThat(world.count("SELECT IS_FREE_LOCK(?)", mark)).isOne();
    }

    @Test
    void aConnectionKeepsItsSettingsFromReportToReport() {
        var settings = definition("{}", Map.of("rows", """
                SELECT @@session.time_zone AS z, @@session.collation_connection AS c, @@session.character_set_client AS l
                FROM tenant WHERE slug = :tenant"""));

        for (var i = 0; i < 3; i++) {
            assertThat(read(settings).datasets().get("rows").getFirst())
                    .containsExactlyInAnyOrderEntriesOf(Map.of("z", "+00:00", "c", "utf8mb4_general_ci", "l", "utf8mb4"));
        }
        var connection = get(source.getConnection());
        assertThatThrownBy(() -> get(connection.query("DELETE FROM metric").execute())).hasMessageContaining("READ ONLY");
        get(connection.close());
    }

    private void function(String name, String body) {
        get(own.query("DROP FUNCTION IF EXISTS " + name).execute());
        get(own.query("CREATE FUNCTION %s() RETURNS BIGINT NOT DETERMINISTIC READS SQL DATA %s".formatted(name, body)).execute());
    }
}

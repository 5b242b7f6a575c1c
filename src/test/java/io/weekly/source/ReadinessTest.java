package io.weekly.source;

import static io.weekly.testing.World.get;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.weekly.definition.Definition;
import io.weekly.definition.DefinitionLoader;
import io.weekly.testing.TestDefinitions;
import io.weekly.testing.TestServers;
import io.weekly.testing.World;
import jakarta.inject.Inject;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What counts as ready. */
@QuarkusTest
@QuarkusTestResource(TestServers.class)
@TestProfile(TestDefinitions.class)
class ReadinessTest {

    @Inject
    Readiness readiness;

    private static final DatasetParameters PARAMETERS =
            DatasetParameters.ofRun("nobody", World.WEEK.monday(), ZoneId.of("Europe/Vienna"));

    @Test
    void readyIsOneRowWhoseFirstColumnIsTrue() {
        for (var yes : List.of("1", "-1", "0.5", "TRUE", "'Y'", "' yes '", "'true'", "1, NULL", "CAST(7 AS UNSIGNED)", "2e0")) {
            assertThat(get(readiness.ask(asking("SELECT " + yes), PARAMETERS))).as(yes).isTrue();
        }
        for (var no : List.of("0", "0.0", "NULL", "FALSE", "'n'", "'No'", "''", "0, 1", "1 FROM tenant WHERE FALSE",
                "MAX(id) FROM tenant WHERE id < 0")) {
            assertThat(get(readiness.ask(asking("SELECT " + no), PARAMETERS))).as(no).isFalse();
        }
        for (var neither : List.of("'perhaps'", "DATE '2026-11-23'", "1 UNION ALL SELECT 1", "nothing FROM nowhere")) {
            assertThatThrownBy(() -> get(readiness.ask(asking("SELECT " + neither), PARAMETERS))).as(neither)
                    .isInstanceOf(DatasetException.class).hasMessageStartingWith("asking/ready.sql:");
        }
    }

    private static Definition asking(String sql) {
        return (Definition) DefinitionLoader.load("asking", Map.of(
                "report.yaml", "title: T\nmail: {subject: s}\nreadiness: {query: ready}\n"
                        + "datasets: {ready: {scope: global}, rows: {scope: global}}",
                "ready.sql", sql, "rows.sql", "SELECT 1 AS a", "report.html", "<html>{rows.size}</html>", "report.css", "",
                "mail.html", "<html></html>", "mail.txt", "t"));
    }
}

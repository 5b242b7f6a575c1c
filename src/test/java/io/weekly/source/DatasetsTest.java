package io.weekly.source;

import static io.weekly.testing.World.get;
import static java.util.concurrent.CompletableFuture.allOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.weekly.definition.Definition;
import io.weekly.definition.DefinitionLoader;
import io.weekly.testing.GeneralLog;
import io.weekly.testing.HandDriven;
import io.weekly.testing.TestServers;
import io.weekly.testing.World;
import java.math.BigDecimal;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** How datasets are read and shared, on a real server. */
@QuarkusTest
@QuarkusTestResource(TestServers.class)
@TestProfile(HandDriven.class)
class DatasetsTest extends DatasetReading {

    @Test
    void allDatasetsReadTheSameSnapshot() {
        var count = "SELECT COUNT(*) AS n FROM metric m JOIN tenant t ON t.id = m.tenant_id WHERE t.slug = :tenant";
        var table = "held_" + mark.replace('-', '_');
        world.sql("CREATE TABLE " + table + " (held INT)");
        var definition = definition("{}", Map.of("a", "SELECT x.n, (SELECT COUNT(*) FROM %s) AS held FROM (%s) x".formatted(table, count),
                "b", count));
        var holder = get(own.getConnection());
        get(holder.query("LOCK TABLES " + table + " WRITE").execute());

        var reading = datasets.read(definition, parameters("u-1")).subscribeAsCompletionStage();
        await().until(() -> running(table) == 1);
        world.sql("INSERT INTO metric (tenant_id, metric, day, value) VALUES (?, 'refunds', '2026-10-01', 1)", tenant.id());
        get(holder.query("UNLOCK TABLES").execute());
        get(holder.close());

        var figures = reading.join().datasets();
        assertThat(figures.get("b").getFirst().get("n")).isEqualTo(figures.get("a").getFirst().get("n"));
        assertThat(read(definition).datasets().get("b").getFirst().get("n")).isEqualTo((long) figures.get("a").getFirst().get("n") + 1);
    }

    @Test
    void aThousandReportsOfARunReadSharedDatasetsOnce() {
        var definition = definition("{}", Map.of("one", rows("one"), "two", rows("two"), "three", rows("three")));
        var run = UUID.randomUUID().toString();

        try (var log = GeneralLog.of(own)) {
            var reports = new ArrayList<CompletableFuture<Figures>>();
            for (var i = 0; i < 1000; i++) {
                reports.add(datasets.readForRun(run, definition, parameters("u-" + i)).subscribeAsCompletionStage());
            }
            allOf(reports.toArray(CompletableFuture[]::new)).join();

            assertThat(log.executions(mark)).isEqualTo(3);
            assertThat(reports).extracting(report -> report.join().asOf()).containsOnly(reports.getFirst().join().asOf());
            get(datasets.readForRun("another revision", definition, parameters("u-1")));
            assertThat(log.executions(mark)).isEqualTo(6);
            read(definition);
            read(definition);
            assertThat(log.executions(mark)).isEqualTo(12);
        }
    }

    @Test
    void datasetsThatUseTheRecipientAreReadForEachReport() {
        var definition = definition("{}", Map.of(
                "everybody", rows("everybody"), "mine", rows("mine") + " AND :recipient <> ''",
                "region", rows("region") + " AND :tag_region IS NULL"));

        try (var log = GeneralLog.of(own)) {
            for (var i = 0; i < 4; i++) {
                var figures = get(datasets.readForRun("run " + mark, definition, parameters("u-" + i)));
                assertThat(figures.datasets()).containsOnlyKeys("everybody", "mine", "region");
            }

            assertThat(log.executions("everybody " + mark)).isEqualTo(1);
            assertThat(log.executions("mine " + mark)).isEqualTo(4);
            assertThat(log.executions("region " + mark)).isEqualTo(4);
        }
    }

    @Test
    void aReportIsAsOldAsItsOldestSnapshot() {
        var definition = definition("{}", Map.of("everybody", rows("everybody"), "mine", rows("mine") + " AND :recipient <> ''"));
        var first = get(datasets.readForRun("run " + mark, definition, parameters("u-1"))).asOf();

        await().until(() -> clock.instant().isAfter(first));

        assertThat(get(datasets.readForRun("run " + mark, definition, parameters("u-2"))).asOf()).isEqualTo(first);
        assertThat(read(definition).asOf()).isAfter(first);
    }

    @Test
    void aSharedDatasetThatFailedIsReadAgain() {
        var table = "t_" + mark.replace('-', '_');
        var definition = definition("{}", Map.of("rows", "SELECT n FROM " + table + " WHERE :tenant <> ''"));
        assertThatThrownBy(() -> get(datasets.readForRun("run " + mark, definition, parameters("u-1"))))
                .isInstanceOf(DatasetException.class)
                .hasMessageStartingWith("d/rows.sql:1: Table").hasMessageContaining("(1146)");

        world.sql("CREATE TABLE " + table + " (n INT)");

        assertThat(get(datasets.readForRun("run " + mark, definition, parameters("u-1"))).datasets().get("rows")).isEmpty();
    }

    @Test
    void timesAreFormattedAsTheServerWritesThem() {
        var rows = read(definition("{}", Map.of("rows", """
                SELECT CAST('12:34:56' AS TIME) AS a, CAST('-838:59:59' AS TIME) AS b, CAST('00:00:07.250' AS TIME(6)) AS c,
                       CAST('-00:00:01' AS TIME) AS d, CAST('100:00:00' AS TIME) AS e
                FROM tenant WHERE slug = :tenant"""))).datasets().get("rows");

        assertThat(rows.getFirst().values()).containsExactly("12:34:56", "-838:59:59", "00:00:07.25", "-00:00:01", "100:00:00");
    }

    @Test
    void tagsAndConstantsAreBound() {
        var definition = (Definition) DefinitionLoader.load("d", files(
                "parameters: {top: 2, share: 0.1, currency: EUR}",
                Map.of("rows", """
                        SELECT :tags AS tags, :tag_region AS region, :tag_team AS team, :tag_other AS other, :currency AS currency,
                               :share * 3 AS share, a.d AS d
                        FROM %s WHERE :tenant <> '' ORDER BY a.d LIMIT :top""".formatted(powers(1)))));
        var parameters = new DatasetParameters(
                tenant.slug(), "u-1", List.of("vip", "region:no'rth", "region:south", "team=a:b"), World.WEEK.monday(), ZoneId.of("UTC"));

        var rows = get(datasets.read(definition, parameters)).datasets().get("rows");

        assertThat(rows).hasSize(2);
        assertThat(rows.getFirst())
                .containsEntry("tags", "[\"vip\",\"region:no'rth\",\"region:south\",\"team=a:b\"]")
                .containsEntry("region", "no'rth")
                .containsEntry("team", "a:b")
                .containsEntry("other", null)
                .containsEntry("currency", "EUR");
        assertThat((BigDecimal) rows.getFirst().get("share")).isEqualByComparingTo("0.3");
    }

    @Test
    void recipientsOfOneRunSeeOnlyTheirOwnRows() {
        var insert = "INSERT INTO metric (tenant_id, metric, day, dimension, value) VALUES (?, 'sales', '2026-10-01', ?, ?)";
        world.sql(insert, tenant.id(), "north", 1);
        world.sql(insert, tenant.id(), "south", 2);
        var definition = definition("{}", Map.of(
                "one", "SELECT m.dimension, m.value FROM metric m JOIN tenant t ON t.id = m.tenant_id"
                        + " WHERE t.slug = :tenant AND m.metric = 'sales' AND m.dimension = :tag_region",
                "many", "SELECT m.dimension FROM metric m JOIN tenant t ON t.id = m.tenant_id"
                        + " WHERE t.slug = :tenant AND m.metric = 'sales'"
                        + " AND JSON_CONTAINS(:tags, JSON_QUOTE(CONCAT('region:', m.dimension)))"));

        var north = get(datasets.readForRun("run " + mark, definition, parameters("u-1", "region:north"))).datasets();
        var south = get(datasets.readForRun("run " + mark, definition, parameters("u-2", "region:south"))).datasets();
        var nobody = get(datasets.readForRun("run " + mark, definition, parameters("u-3"))).datasets();

        assertThat(north.get("one")).extracting(row -> row.get("dimension")).containsExactly("north");
        assertThat(north.get("many")).extracting(row -> row.get("dimension")).containsExactly("north");
        assertThat(south.get("one")).extracting(row -> row.get("dimension")).containsExactly("south");
        assertThat(south.get("many")).extracting(row -> row.get("dimension")).containsExactly("south");
        assertThat(nobody.values()).allSatisfy(rows -> assertThat(rows).isEmpty());
    }
}

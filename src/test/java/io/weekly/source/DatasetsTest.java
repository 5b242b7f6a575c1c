package io.weekly.source;

import static io.weekly.testing.World.get;
import static java.util.concurrent.CompletableFuture.allOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.quarkus.reactive.datasource.ReactiveDataSource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.weekly.definition.Definition;
import io.weekly.definition.DefinitionLoader;
import io.weekly.testing.GeneralLog;
import io.weekly.testing.HandDriven;
import io.weekly.testing.TestServers;
import io.weekly.testing.World;
import io.weekly.testing.World.TenantRow;
import jakarta.inject.Inject;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a real server does with datasets. */
@QuarkusTest
@QuarkusTestResource(TestServers.class)
@TestProfile(HandDriven.class)
class DatasetsTest {

    /** As many rows as anybody could want, without a table: 10 to the power of the digits. */
    private static final String DIGITS =
            "(SELECT 0 d UNION ALL SELECT 1 UNION ALL SELECT 2 UNION ALL SELECT 3 UNION ALL SELECT 4 UNION ALL SELECT 5 UNION ALL SELECT 6"
                    + " UNION ALL SELECT 7 UNION ALL SELECT 8 UNION ALL SELECT 9)";
    private static final String HUGE = "SELECT a.d, REPEAT('x', 200) AS text FROM " + powers(7) + " WHERE :tenant IS NOT NULL";
    /** Minutes of work for the server, and no sleep, which MySQL wakes without an error. */
    private static final String SLOW = "SELECT SUM(SQRT(a.d * b.d + c.d)) AS n FROM " + powers(10) + " WHERE :tenant IS NOT NULL";

    @Inject
    World world;

    @Inject
    Datasets datasets;

    @Inject
    Clock clock;

    @Inject
    SourceConfig config;

    @Inject
    @ReactiveDataSource("source")
    Pool source;

    @Inject
    Pool own;

    private final String mark = UUID.randomUUID().toString();
    private TenantRow tenant;

    @BeforeEach
    void aTenant() {
        tenant = world.tenant();
        world.figures(tenant);
    }

    @AfterEach
    void connectionsAreGivenBackAsTheyWere() {
        var rows = get(source.query("SELECT 1 AS a UNION ALL SELECT 2").execute());
        assertThat(rows.size()).isEqualTo(2);
        assertThat(get(source.query("SELECT @@sql_select_limit > 1000000 AS none").execute()).iterator().next().getInteger(0)).isEqualTo(1);
    }

    @Test
    void moreRowsThanTheLimitFailTheReportAndSayHowToRaiseIt() {
        var definition = definition("{huge: {rows: 100}}", Map.of("huge", HUGE));

        assertThatThrownBy(() -> read(definition))
                .isInstanceOf(DatasetException.class)
                .hasMessage("d/huge.sql: gave more rows than its limit of 100; where it is meant to, "
                        + "raise datasets: {huge: {rows: …}} in report.yaml");
    }

    @Test
    void asManyRowsAsTheLimitAreNotTooMany() {
        var definition = definition("{some: {rows: 100}}", Map.of("some", "SELECT a.d AS d FROM " + powers(2) + " WHERE :tenant <> ''"));

        assertThat(read(definition).datasets().get("some")).hasSize(100);
    }

    @Test
    void theServerSendsNoMoreThanOneRowAboveTheLimit() {
        var before = sent();

        assertThatThrownBy(() -> read(definition("{huge: {rows: 100}}", Map.of("huge", HUGE)))).isInstanceOf(DatasetException.class);

        assertThat(sent() - before).as("rows of 200 bytes, 101 and not ten million").isLessThan(100_000);
    }

    @Test
    void aLimitOfTheAuthorsOwnIsCutOffWhereItIsAboveTheDatasets() {
        var definition = definition("{huge: {rows: 100}}", Map.of("huge", HUGE + " LIMIT 10000000"));
        var before = sent();

        assertThatThrownBy(() -> read(definition)).isInstanceOf(DatasetException.class).hasMessageContaining("its limit of 100");

        // Two gigabytes, if nobody stopped it; what was under way when it was stopped depends on the machine.
        assertThat(sent() - before).isLessThan(500_000_000);
        await().untilAsserted(() -> assertThat(running(mark)).isZero());
    }

    @Test
    void fewRowsThatFillTheMemoryFailTheReportAndAreEnded() {
        var wide = "SELECT REPEAT('x', 1000000) AS text FROM " + powers(3) + " WHERE :tenant <> ''";
        var definition = definition("{wide: {rows: 1000}}", Map.of("wide", wide));
        var before = sent();

        assertThatThrownBy(() -> read(definition))
                .isInstanceOf(DatasetException.class)
                .hasMessageContaining("d/wide.sql: filled the 67108864 bytes")
                .hasMessageContaining("weekly.source.max-bytes");

        assertThat(sent() - before).as("a gigabyte, if nobody stopped it").isLessThan(500_000_000);
        await().untilAsserted(() -> assertThat(running(mark)).isZero());
    }

    @Test
    void whatTheLimitIsForIsTheAnswerAndNotWhatIsReadForIt() {
        var definition = definition("{n: {rows: 1}}", Map.of("n",
                "WITH c AS (SELECT a.d FROM %1$s) SELECT COUNT(*) AS n, (SELECT COUNT(*) FROM %1$s) AS m FROM c WHERE :tenant <> ''"
                        .formatted(powers(3))));

        assertThat(read(definition).datasets().get("n")).containsExactly(Map.of("n", 1000L, "m", 1000L));
    }

    @Test
    void aStatementThatTakesTooLongIsEndedByTheServer() {
        var definition = definition("{slow: {timeout: 300ms}}", Map.of("slow", SLOW));

        assertThatThrownBy(() -> read(definition))
                .isInstanceOf(DatasetException.class)
                .hasMessage("d/slow.sql: took longer than its limit of 0.3s; where it is meant to, "
                        + "raise datasets: {slow: {timeout: …}} in report.yaml");

        assertThat(running(mark)).isZero();
        assertThat(read(quick()).datasets().get("rows")).hasSize(1);
    }

    @Test
    void theConnectionOfAStatementThatTookTooLongIsUsedAgain() {
        var connections = connections();

        assertThatThrownBy(() -> read(definition("{slow: {timeout: 100ms}}", Map.of("slow", SLOW)))).isInstanceOf(DatasetException.class);

        assertThat(connections()).containsAll(connections);
    }

    @Test
    void whatTheServerDoesNotEndIsKilled() {
        // Half a second of patience in all, where the server has thirty.
        var impatient = new Snapshots(source, config, clock, Duration.ofMillis(-29_500));
        var definition = definition("{slow: {timeout: 30s}}", Map.of("slow", SLOW));

        assertThatThrownBy(() -> get(impatient.read(definition, definition.datasets().values(), parameters("u-1"))))
                .isInstanceOf(DatasetException.class)
                .hasMessageContaining("its limit of 30s");

        await().untilAsserted(() -> assertThat(running(mark)).isZero());
        assertThat(read(quick()).datasets().get("rows")).hasSize(1);
    }

    @Test
    void aConnectionThatIsLostMeanwhileIsReplaced() {
        // More often than the pool has places (20): each lost one has to make room.
        for (var i = 0; i < 22; i++) {
            var reading = datasets.read(definition("{}", Map.of("slow", SLOW)), parameters("u-1")).subscribeAsCompletionStage();
            var connection = await().until(
                    () -> world.rows("SELECT id FROM information_schema.processlist WHERE LOCATE(?, info) > 0"
                            + " AND LOCATE('processlist', info) = 0", mark), rows -> rows.size() == 1).getFirst().getLong(0);

            get(own.query("KILL " + connection).execute());

            assertThatThrownBy(() -> get(Uni.createFrom().completionStage(reading))).isNotInstanceOf(DatasetException.class);
        }
        assertThat(read(quick()).datasets().get("rows")).hasSize(1);
    }

    @Test
    void allOfAReportsDatasetsHaveATimeTogether() {
        var brief = new Snapshots(source, timeout(Duration.ofMillis(400)), clock, Duration.ofSeconds(5));
        var definition = definition("{a: {timeout: 20s}}", Map.of("a", SLOW, "b", SLOW));

        assertThatThrownBy(() -> get(brief.read(definition, definition.datasets().values(), parameters("u-1"))))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("the datasets of d took longer than weekly.source.timeout (0.4s); the last one was d/a.sql");
        assertThat(running(mark)).isZero();
    }

    @Test
    void aRowThatIsCommittedBetweenTwoDatasetsIsNotSeen() {
        var count = "SELECT COUNT(*) AS n FROM metric m JOIN tenant t ON t.id = m.tenant_id WHERE t.slug = :tenant";
        var definition = definition("{}", Map.of(
                "a", "SELECT GET_LOCK('%1$s', 20) AS got, RELEASE_LOCK('%1$s') AS free, x.n FROM (%2$s) x".formatted(mark, count),
                "b", count));
        var holder = get(own.getConnection());
        get(holder.query("SELECT GET_LOCK('" + mark + "', 1)").execute());

        var reading = datasets.read(definition, parameters("u-1")).subscribeAsCompletionStage();
        await().until(() -> running("GET_LOCK('" + mark) == 1);
        world.sql("INSERT INTO metric (tenant_id, metric, day, value) VALUES (?, 'refunds', '2026-10-01', 1)", tenant.id());
        get(holder.query("SELECT RELEASE_LOCK('" + mark + "')").execute());
        get(holder.close());

        var figures = reading.join().datasets();
        assertThat(figures.get("b").getFirst().get("n")).isEqualTo(figures.get("a").getFirst().get("n"));
        assertThat(read(definition).datasets().get("b").getFirst().get("n")).isEqualTo((long) figures.get("a").getFirst().get("n") + 1);
    }

    @Test
    void aThousandReportsOfARunAskTheServerOnceForWhatIsEqual() {
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
    void whatAsksForTheRecipientIsReadForEach() {
        var definition = definition("{}", Map.of(
                "everybody", rows("everybody"), "mine", rows("mine") + " AND :recipient <> ''", "region", rows("region") + " AND :tag_region IS NULL"));

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
    void aReportIsAsOldAsTheOldestThatItShows() {
        var definition = definition("{}", Map.of("everybody", rows("everybody"), "mine", rows("mine") + " AND :recipient <> ''"));
        var first = get(datasets.readForRun("run " + mark, definition, parameters("u-1"))).asOf();

        await().until(() -> clock.instant().isAfter(first));

        assertThat(get(datasets.readForRun("run " + mark, definition, parameters("u-2"))).asOf()).isEqualTo(first);
        assertThat(read(definition).asOf()).isAfter(first);
    }

    @Test
    void aDatasetThatFailedIsReadAnewByWhoeverAsksNext() {
        var table = "t_" + mark.replace('-', '_');
        var definition = definition("{}", Map.of("rows", "SELECT n FROM " + table + " WHERE :tenant <> ''"));
        assertThatThrownBy(() -> get(datasets.readForRun("run " + mark, definition, parameters("u-1"))))
                .isInstanceOf(DatasetException.class)
                .hasMessageStartingWith("d/rows.sql:1: Table").hasMessageContaining("(1146)");

        world.sql("CREATE TABLE " + table + " (n INT)");

        assertThat(get(datasets.readForRun("run " + mark, definition, parameters("u-1"))).datasets().get("rows")).isEmpty();
    }

    @Test
    void whatAReportLeavesOnItsConnectionIsNotThereForTheNext() {
        var leaves = "SELECT GET_LOCK('" + mark + "', 1) AS l, LAST_INSERT_ID(42) AS n FROM tenant WHERE slug = :tenant";
        read(definition("{}", Map.of("rows", leaves)));

        assertThat(world.count("SELECT IS_FREE_LOCK(?)", mark)).isOne();
        // The pool gives out first what came back last; whichever it is, none knows of it.
        for (var i = 0; i < 20; i++) {
            var rows = read(definition("{}", Map.of("rows", "SELECT LAST_INSERT_ID() AS n FROM tenant WHERE slug = :tenant"))).datasets().get("rows");
            assertThat(rows.getFirst().get("n")).hasToString("0");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "SELECT t.name FROM tenant t WHERE t.slug = :tenant AND COUNT(*) > 0 | Invalid use of group function (1111)",
        "SELECT 1 AS a FROM tenant t WHERE t.slug = :tenant AND t.name COLLATE utf8mb4_bin = t.name COLLATE utf8mb4_general_ci | (1267)"})
    void whatTheServerRefusesWithoutAStateOfItsOwnIsTheDatasetsFault(String sqlAndReason) {
        var both = sqlAndReason.split(" \\| ");

        assertThatThrownBy(() -> read(definition("{}", Map.of("rows", both[0]))))
                .isInstanceOf(DatasetException.class)
                .hasMessageStartingWith("d/rows.sql: ")
                .hasMessageContaining(both[1]);
    }

    @Test
    void twoColumnsOfOneNameFailTheReport() {
        assertThatThrownBy(() -> read(definition("{}", Map.of("rows", "SELECT 1 AS a, 2 AS b, 3 AS A FROM tenant WHERE slug = :tenant"))))
                .isInstanceOf(DatasetException.class)
                .hasMessage("d/rows.sql: has two columns a; give one of them another name (AS …)");
    }

    @Test
    void timesReadAsAClockShowsThem() {
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
    void twoRecipientsOfARunSeeTheirOwnRowsOnly() {
        world.sql("INSERT INTO metric (tenant_id, metric, day, dimension, value) VALUES (?, 'sales', '2026-10-01', 'north', 1)", tenant.id());
        world.sql("INSERT INTO metric (tenant_id, metric, day, dimension, value) VALUES (?, 'sales', '2026-10-01', 'south', 2)", tenant.id());
        var definition = definition("{}", Map.of(
                "one", "SELECT m.dimension, m.value FROM metric m JOIN tenant t ON t.id = m.tenant_id"
                        + " WHERE t.slug = :tenant AND m.metric = 'sales' AND m.dimension = :tag_region",
                "many", "SELECT m.dimension FROM metric m JOIN tenant t ON t.id = m.tenant_id"
                        + " WHERE t.slug = :tenant AND m.metric = 'sales' AND JSON_CONTAINS(:tags, JSON_QUOTE(CONCAT('region:', m.dimension)))"));

        var north = get(datasets.readForRun("run " + mark, definition, parameters("u-1", "region:north"))).datasets();
        var south = get(datasets.readForRun("run " + mark, definition, parameters("u-2", "region:south"))).datasets();
        var nobody = get(datasets.readForRun("run " + mark, definition, parameters("u-3"))).datasets();

        assertThat(north.get("one")).extracting(row -> row.get("dimension")).containsExactly("north");
        assertThat(north.get("many")).extracting(row -> row.get("dimension")).containsExactly("north");
        assertThat(south.get("one")).extracting(row -> row.get("dimension")).containsExactly("south");
        assertThat(south.get("many")).extracting(row -> row.get("dimension")).containsExactly("south");
        assertThat(nobody.values()).allSatisfy(rows -> assertThat(rows).isEmpty());
    }

    private Figures read(Definition definition) {
        return get(datasets.read(definition, parameters("u-1")));
    }

    private DatasetParameters parameters(String recipient, String... tags) {
        return new DatasetParameters(tenant.slug(), recipient, Arrays.asList(tags), LocalDate.of(2026, 9, 28), ZoneId.of("Europe/Vienna"));
    }

    private Definition quick() {
        return definition("{}", Map.of("rows", "SELECT 1 AS a FROM tenant t WHERE t.slug = :tenant"));
    }

    private String rows(String name) {
        return "SELECT '%s %s' AS name FROM tenant t WHERE t.slug = :tenant".formatted(name, mark);
    }

    private Definition definition(String datasets, Map<String, String> sql) {
        return (Definition) DefinitionLoader.load("d", files("datasets: " + datasets, sql));
    }

    /** Each statement carries the mark of this test, by which the server's lists know it. */
    private Map<String, String> files(String yaml, Map<String, String> sql) {
        var files = new TreeMap<>(Map.of(
                "report.yaml", "title: T\nmail: {subject: s}\n" + yaml, "report.css", "p { margin: 0 }",
                "mail.html", "<html></html>", "mail.txt", "t"));
        sql.forEach((name, text) -> files.put(name + ".sql", text + " -- " + mark));
        var loops = new StringBuilder();
        sql.keySet().forEach(name -> loops.append("{#for row in ").append(name).append("}x{/for}"));
        files.put("report.html", "<html><body>" + loops + "</body></html>");
        return files;
    }

    private int running(String words) {
        return world.count(
                "SELECT COUNT(*) FROM information_schema.processlist WHERE LOCATE(?, info) > 0 AND LOCATE('processlist', info) = 0", words);
    }

    /** What the server has sent since it was started, to everybody. */
    private long sent() {
        return Long.parseLong(get(own.query("SHOW GLOBAL STATUS LIKE 'Bytes_sent'").execute()).iterator().next().getString(1));
    }

    private List<Long> connections() {
        return world.rows("SELECT id FROM information_schema.processlist WHERE user = SUBSTRING_INDEX(CURRENT_USER(), '@', 1)").stream()
                .map(row -> row.getLong(0))
                .toList();
    }

    private static String powers(int digits) {
        var tables = new ArrayList<String>();
        for (var i = 0; i < digits; i++) {
            tables.add(DIGITS + " " + (char) ('a' + i));
        }
        return String.join(" CROSS JOIN ", tables);
    }

    private SourceConfig timeout(Duration timeout) {
        return new SourceConfig() {
            @Override
            public Duration timeout() {
                return timeout;
            }

            @Override
            public Duration datasetTimeout() {
                return config.datasetTimeout();
            }

            @Override
            public Duration sharedMaxAge() {
                return config.sharedMaxAge();
            }

            @Override
            public io.quarkus.runtime.configuration.MemorySize maxBytes() {
                return config.maxBytes();
            }

            @Override
            public io.quarkus.runtime.configuration.MemorySize sharedMaxBytes() {
                return config.sharedMaxBytes();
            }

            @Override
            public Optional<AllowedHours> allowedHours() {
                return Optional.empty();
            }
        };
    }
}

package io.weekly.source;

import static io.weekly.testing.World.get;
import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.reactive.datasource.ReactiveDataSource;
import io.quarkus.runtime.configuration.MemorySize;
import io.vertx.mutiny.sqlclient.Pool;
import io.weekly.definition.Definition;
import io.weekly.definition.DefinitionLoader;
import io.weekly.testing.World;
import io.weekly.testing.World.TenantRow;
import jakarta.inject.Inject;
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
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** What tests of datasets share: small definitions, and what the server reports about their statements. */
abstract class DatasetReading {

    /** Joined with itself, it gives 10 to the power of n rows without a table. */
    private static final String DIGITS =
            "(SELECT 0 d UNION ALL SELECT 1 UNION ALL SELECT 2 UNION ALL SELECT 3 UNION ALL SELECT 4 UNION ALL SELECT 5 UNION ALL SELECT 6"
                    + " UNION ALL SELECT 7 UNION ALL SELECT 8 UNION ALL SELECT 9)";
    static final String HUGE = "SELECT a.d, REPEAT('x', 200) AS text FROM " + powers(7) + " WHERE :tenant IS NOT NULL";
    /** Takes minutes on the server. It does not sleep, because MySQL interrupts a sleep without an error. */
    static final String SLOW = "SELECT SUM(SQRT(a.d * b.d + c.d)) AS n FROM " + powers(10) + " WHERE :tenant IS NOT NULL";

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

    final String mark = UUID.randomUUID().toString();
    TenantRow tenant;

    @BeforeEach
    void aTenant() {
        tenant = world.tenant();
        world.figures(tenant);
    }

    @AfterEach
    void connectionsReturnInTheirOriginalState() {
        var rows = get(source.query("SELECT 1 AS a UNION ALL SELECT 2").execute());
        assertThat(rows.size()).isEqualTo(2);
        assertThat(get(source.query("SELECT @@sql_select_limit > 1000000 AS none").execute()).iterator().next().getInteger(0)).isEqualTo(1);
    }

    Figures read(Definition definition) {
        return get(datasets.read(definition, parameters("u-1")));
    }

    DatasetParameters parameters(String recipient, String... tags) {
        return new DatasetParameters(tenant.slug(), recipient, Arrays.asList(tags), LocalDate.of(2026, 9, 28), ZoneId.of("Europe/Vienna"));
    }

    Definition quick() {
        return definition("{}", Map.of("rows", "SELECT 1 AS a FROM tenant t WHERE t.slug = :tenant"));
    }

    String rows(String name) {
        return "SELECT '%s %s' AS name FROM tenant t WHERE t.slug = :tenant".formatted(name, mark);
    }

    Definition definition(String datasets, Map<String, String> sql) {
        return (Definition) DefinitionLoader.load("d", files("datasets: " + datasets, sql));
    }

    /** Each statement contains the mark of this test, so that it can be found in the server's process list and log. */
    Map<String, String> files(String yaml, Map<String, String> sql) {
        var files = new TreeMap<>(Map.of(
                "report.yaml", "title: T\nmail: {subject: s}\n" + yaml, "report.css", "p { margin: 0 }",
                "mail.html", "<html></html>", "mail.txt", "t"));
        sql.forEach((name, text) -> files.put(name + ".sql", text + " -- " + mark));
        var loops = new StringBuilder();
        sql.keySet().forEach(name -> loops.append("{#for row in ").append(name).append("}x{/for}"));
        files.put("report.html", "<html><body>" + loops + "</body></html>");
        return files;
    }

    int running(String text) {
        return world.count(
                "SELECT COUNT(*) FROM information_schema.processlist WHERE LOCATE(?, info) > 0 AND LOCATE('processlist', info) = 0", text);
    }

    /** The bytes that the server has sent to all clients since its start. */
    long sent() {
        return Long.parseLong(get(own.query("SHOW GLOBAL STATUS LIKE 'Bytes_sent'").execute()).iterator().next().getString(1));
    }

    List<Long> connections() {
        return world.rows("SELECT id FROM information_schema.processlist WHERE user = SUBSTRING_INDEX(CURRENT_USER(), '@', 1)").stream()
                .map(row -> row.getLong(0))
                .toList();
    }

    static String powers(int digits) {
        var tables = new ArrayList<String>();
        for (var i = 0; i < digits; i++) {
            tables.add(DIGITS + " " + (char) ('a' + i));
        }
        return String.join(" CROSS JOIN ", tables);
    }

    SourceConfig timeout(Duration timeout) {
        return new SourceConfig() {
            @Override
            public boolean allowServiceUser() {
                return false;
            }

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
            public MemorySize maxBytes() {
                return config.maxBytes();
            }

            @Override
            public MemorySize sharedMaxBytes() {
                return config.sharedMaxBytes();
            }

            @Override
            public Optional<AllowedHours> allowedHours() {
                return Optional.empty();
            }
        };
    }
}

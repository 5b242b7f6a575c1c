package io.weekly.source;

import static io.weekly.testing.World.get;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.quarkus.runtime.configuration.MemorySize;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mysqlclient.MySQLBuilder;
import io.vertx.mysqlclient.MySQLConnectOptions;
import io.vertx.sqlclient.PoolOptions;
import io.weekly.definition.Definition;
import io.weekly.definition.DefinitionLoader;
import io.weekly.testing.CutLine;
import io.weekly.testing.HandDriven;
import io.weekly.testing.TestServers;
import io.weekly.testing.World;
import jakarta.inject.Inject;
import java.math.BigInteger;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneId;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.IntStream;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A source whose connections stay open but do not answer, or not in time. The pool has two connections, so a lost one is noticed. */
@QuarkusTest
@QuarkusTestResource(TestServers.class)
@TestProfile(HandDriven.class)
class SilentSourceTest {

    private static final Duration BRIEF = Duration.ofMillis(500);
    private static final int PLACES = 2;
    private static final DatasetParameters OF_NOBODY = DatasetParameters.ofRun("nobody", World.WEEK.monday(), ZoneId.of("UTC"));

    @Inject
    World world;

    @Inject
    Vertx vertx;

    @Inject
    Clock clock;

    @Inject
    Pool own;

    @ConfigProperty(name = "quarkus.datasource.reactive.url")
    String url;

    @ConfigProperty(name = "quarkus.datasource.username")
    String user;

    @ConfigProperty(name = "quarkus.datasource.password")
    Optional<String> password;

    private final String mark = UUID.randomUUID().toString();
    private CutLine line;
    private Pool source;

    @BeforeEach
    void aLineToTheServer() {
        var options = MySQLConnectOptions.fromUri(url);
        line = new CutLine(options.getHost(), options.getPort());
        options.setHost("127.0.0.1").setPort(line.port()).setUser(user).setPassword(password.orElse(""));
        source = Pool.newInstance(MySQLBuilder.pool()
                .with(new PoolOptions().setMaxSize(PLACES))
                .connectingTo(options)
                .using(vertx)
                .build());
    }

    @AfterEach
    void away() {
        line.close();
        source.closeAndForget();
    }

    @Test
    void aConnectionThatNeverAnswersTimesOutAndIsReplaced() {
        for (var i = 0; i <= PLACES; i++) {
            readInAnyTime(quick());
            line.drop();

            assertThatThrownBy(() -> read(quick())).isInstanceOf(IllegalStateException.class).hasMessage("the source does not answer");
        }

        assertThatAllConnectionsWork();
    }

    @Test
    void aSourceThatDoesNotBeginASnapshotIsAway() {
        readInAnyTime(quick());
        line.drop();
        assertThatThrownBy(() -> read(quick())).isInstanceOf(SourceAwayException.class).hasMessage("the source does not answer");

        line.switchTo("127.0.0.1", 1);
        for (var i = 0; i <= PLACES; i++) {
            assertThatThrownBy(() -> read(quick()))
                    .isInstanceOf(SourceAwayException.class)
                    .hasMessage("the source cannot be reached, or the connection was lost");
        }
    }

    @Test
    void aConnectionThatStopsAnsweringIsNoFaultOfTheDataset() {
        var definition = definition(DatasetReading.SLOW);
        var reading = new Snapshots(source, config(Duration.ofSeconds(30), Duration.ofSeconds(1)), clock, BRIEF)
                .read(definition, definition.datasets().values(), OF_NOBODY)
                .subscribeAsCompletionStage();
        await().until(() -> running() == 1);
        line.drop();

        assertThatThrownBy(() -> get(Uni.createFrom().completionStage(reading)))
                .isInstanceOf(IllegalStateException.class).hasMessage("the source does not answer");

        assertThatAllConnectionsWork();
    }

    /** All other connections are busy, so the KILL waits. When it comes, it would hit the next user of the connection. */
    @Test
    void aConnectionWhoseKillMayStillComeIsNotReused() {
        var table = "held_" + mark.replace('-', '_');
        world.sql("CREATE TABLE " + table + " (held INT)");
        var definition = definition("SELECT held FROM " + table);
        var holder = get(own.getConnection());
        get(holder.query("LOCK TABLES " + table + " WRITE").execute());
        var busy = get(source.getConnection());

        // The server's limit is half a minute. The client stops waiting after half a second, and for the KILL after five seconds.
        var reading = new Snapshots(source, config(Duration.ofMinutes(1), Duration.ofSeconds(30)), clock, Duration.ofMillis(-29_500))
                .read(definition, definition.datasets().values(), OF_NOBODY)
                .subscribeAsCompletionStage();
        await().until(() -> running() == 1);
        var connection = id();
        await().pollDelay(Snapshots.KILL_TIMEOUT.plusSeconds(2)).atMost(Snapshots.KILL_TIMEOUT.plusSeconds(4)).until(() -> true);
        get(holder.query("UNLOCK TABLES").execute());
        get(holder.close());

        assertThatThrownBy(() -> get(Uni.createFrom().completionStage(reading))).isInstanceOf(DatasetException.class);
        await().untilAsserted(() -> assertThat(
                world.count("SELECT COUNT(*) FROM information_schema.processlist WHERE id = ?", connection)).isZero());
        get(busy.close());
        assertThatAllConnectionsWork();
    }

    private void read(Definition definition) {
        get(new Snapshots(source, config(BRIEF, BRIEF), clock, BRIEF).read(definition, definition.datasets().values(), OF_NOBODY));
    }

    /** A busy machine may need longer than the time in which a silent source is noticed. */
    private void readInAnyTime(Definition definition) {
        var timeout = Duration.ofSeconds(30);
        get(new Snapshots(source, config(timeout, timeout), clock, BRIEF).read(definition, definition.datasets().values(), OF_NOBODY));
    }

    private void assertThatAllConnectionsWork() {
        var all = IntStream.range(0, PLACES).mapToObj(i -> get(source.getConnection())).toList();
        all.forEach(one -> assertThat(get(one.query("SELECT 1").execute()).size()).isEqualTo(1));
        all.forEach(one -> get(one.close()));
    }

    private int running() {
        return world.count(
                "SELECT COUNT(*) FROM information_schema.processlist WHERE LOCATE(?, info) > 0 AND LOCATE('processlist', info) = 0", mark);
    }

    private long id() {
        return world.one("SELECT id FROM information_schema.processlist WHERE LOCATE(?, info) > 0"
                + " AND LOCATE('processlist', info) = 0", mark)
                .getLong(0);
    }

    private Definition quick() {
        return definition("SELECT 1 AS a");
    }

    private Definition definition(String sql) {
        return (Definition) DefinitionLoader.load("d", Map.of(
                "report.yaml", "title: T\nmail: {subject: s}\ndatasets: {rows: {scope: global}}", "report.css", "",
                "rows.sql", sql + " -- " + mark, "report.html", "<html>{rows.size}</html>", "mail.html", "<html></html>", "mail.txt", "t"));
    }

    private static SourceConfig config(Duration timeout, Duration datasetTimeout) {
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
                return datasetTimeout;
            }

            @Override
            public Duration sharedMaxAge() {
                return Duration.ofHours(1);
            }

            @Override
            public MemorySize maxBytes() {
                return new MemorySize(BigInteger.valueOf(1_000_000));
            }

            @Override
            public MemorySize sharedMaxBytes() {
                throw new UnsupportedOperationException("nothing is shared");
            }

            @Override
            public Optional<AllowedHours> allowedHours() {
                return Optional.empty();
            }
        };
    }
}

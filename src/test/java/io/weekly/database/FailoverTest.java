package io.weekly.database;

import static io.weekly.testing.World.get;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mysqlclient.MySQLBuilder;
import io.vertx.mysqlclient.MySQLConnectOptions;
import io.vertx.sqlclient.PoolOptions;
import io.weekly.dev.DatabaseServer;
import io.weekly.dev.DevFolder;
import io.weekly.dev.EmbeddedDatabase;
import io.weekly.testing.CutLine;
import java.nio.file.Files;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The connections of the service when another server becomes the primary. A proxy stands for the name that leads to the primary. */
class FailoverTest {

    private static final int CONNECTIONS = 4;
    private static final String WRITE = "INSERT INTO fact (told) VALUES ('it')";
    private static final Duration BRIEF = Duration.ofMillis(500);
    private static final Duration TIMEOUT = Duration.ofSeconds(20);

    private static DevFolder oldFolder;
    private static DevFolder newFolder;
    private static EmbeddedDatabase oldPrimary;
    private static EmbeddedDatabase newPrimary;

    private final Vertx vertx = Vertx.vertx();
    private CutLine name;
    private Pool pool;
    private Database database;

    @BeforeAll
    static void startServers() throws Exception {
        oldFolder = new DevFolder(Files.createTempDirectory("weekly-old-"));
        newFolder = new DevFolder(Files.createTempDirectory("weekly-new-"));
        oldPrimary = server(oldFolder);
        newPrimary = server(newFolder);
    }

    private static EmbeddedDatabase server(DevFolder folder) {
        var server = EmbeddedDatabase.start(folder.database());
        server.url("weekly");
        execute(server, "CREATE TABLE weekly.fact (told VARCHAR(9) NOT NULL)");
        execute(server, "CREATE USER app IDENTIFIED BY 's3cret-of-a-user'");
        execute(server, "GRANT ALL ON weekly.* TO app");
        return server;
    }

    @AfterAll
    static void stopServers() {
        oldPrimary.close();
        newPrimary.close();
        oldFolder.delete();
        newFolder.delete();
    }

    @BeforeEach
    void openAllConnections() throws SQLException {
        name = new CutLine(oldPrimary.host(), oldPrimary.port());
        var options = new MySQLConnectOptions()
                .setHost("127.0.0.1").setPort(name.port()).setDatabase("weekly").setUser("app").setPassword("s3cret-of-a-user");
        pool = Pool.newInstance(new MonitoredPool(MySQLBuilder.pool()
                .with(new PoolOptions().setMaxSize(CONNECTIONS))
                .connectingTo(options)
                .using(vertx)
                .withConnectHandler(new SessionSetup("database", "SET @first = 1", "SET @second = 2"))
                .build()));
        database = new Database(pool, new DatabaseAvailability(() -> Outage.MAX_QUIET));
        var sleeps = IntStream.range(0, CONNECTIONS).mapToObj(_ -> database.client().query("SELECT SLEEP(0.3)").execute()).toList();
        get(Uni.join().all(sleeps).andFailFast());
        assertThat(connections(oldPrimary)).isEqualTo(CONNECTIONS);
    }

    @AfterEach
    void repair() {
        execute(oldPrimary, "SET GLOBAL read_only = OFF");
        execute(oldPrimary, "GRANT ALL ON weekly.* TO app");
        get(pool.close());
        name.close();
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    @Test
    void afterAWriteOnTheOldPrimaryFailsNoConnectionLeadsToItAndTheNextWriteReachesTheNewOne() throws SQLException {
        var before = facts(newPrimary);
        execute(oldPrimary, "SET GLOBAL read_only = ON");
        name.switchTo(newPrimary.host(), newPrimary.port());
        get(database.client().query("SELECT COUNT(*) FROM fact").execute());
        assertThat(connections(oldPrimary)).as("a read does not notice the failover").isEqualTo(CONNECTIONS);

        assertThatThrownBy(() -> get(database.client().query(WRITE).execute()))
                .isInstanceOf(DatabaseAwayException.class).hasMessageContaining("read-only");

        await().atMost(TIMEOUT).until(() -> connections(oldPrimary) == 0);
        get(database.client().query(WRITE).execute());
        get(database.transaction(transaction -> transaction.query(WRITE).execute()));
        assertThat(facts(newPrimary)).isEqualTo(before + 2);
    }

    @Test
    void aTransactionUnderWayEndsBeforeItsConnectionIsClosed() {
        execute(oldPrimary, "SET GLOBAL read_only = ON");

        var read = get(database.transaction(transaction -> transaction.query("SELECT COUNT(*) FROM fact").execute()
                .flatMap(_ -> database.client().query(WRITE).execute())
                .onFailure(DatabaseAwayException.class)
                .recoverWithNull()
                .flatMap(_ -> transaction.query("SELECT 'still here'").execute())));

        assertThat(read.iterator().next().getString(0)).isEqualTo("still here");
        await().atMost(TIMEOUT).until(() -> connections(oldPrimary) == 0);
    }

    @Test
    void aRightThatIsGivenBackWorksOnANewConnection() {
        execute(oldPrimary, "REVOKE ALL ON weekly.* FROM app");
        execute(oldPrimary, "KILL USER app");
        await().atMost(TIMEOUT).until(() -> connections(oldPrimary) == 0);

        assertThatThrownBy(() -> get(database.client().query(WRITE).execute()))
                .isInstanceOf(DatabaseAwayException.class).hasMessageContaining("denied");
        execute(oldPrimary, "GRANT ALL ON weekly.* TO app");

        get(database.client().query(WRITE).execute());
    }

    @Test
    void aStatementWithAnErrorCostsNoConnection() throws SQLException {
        assertThatThrownBy(() -> get(database.client().query("SELECT nothing").execute()))
                .isNotInstanceOf(DatabaseAwayException.class);
        assertThatThrownBy(() -> get(database.transaction(transaction -> transaction.query("SELECT").execute())))
                .isNotInstanceOf(DatabaseAwayException.class);

        assertThat(connections(oldPrimary)).isEqualTo(CONNECTIONS);
    }

    @Test
    void aCheckEndsTheOutage() {
        execute(oldPrimary, "SET GLOBAL read_only = ON");
        assertThatThrownBy(() -> get(check())).isInstanceOf(DatabaseAwayException.class);
        assertThat(database.isAway()).isTrue();
        assertThatThrownBy(() -> get(check())).isInstanceOf(DatabaseAwayException.class);
        assertThat(database.isAway()).isTrue();

        execute(oldPrimary, "SET GLOBAL read_only = OFF");
        get(check());

        assertThat(database.isAway()).isFalse();
        assertThat(database.wasAwayWithin(TIMEOUT)).isTrue();
    }

    /** If the checks kept their connections, they would soon have all of them. */
    @Test
    void aCheckThatGetsNoAnswerClosesItsConnection() {
        name.drop();

        assertThatThrownBy(() -> get(briefCheck())).hasMessage("the database is away: the database does not answer");

        await().atMost(TIMEOUT).ignoreExceptions().until(() -> get(briefCheck()) != null);
    }

    @Test
    void whatASilentServerLeavesUnansweredFailsSoonAfterTheCheck() {
        name.drop();
        var write = database.client().query(WRITE).execute().subscribeAsCompletionStage();
        var transaction = database.transaction(it -> it.query(WRITE).execute()).subscribeAsCompletionStage();

        assertThatThrownBy(() -> get(briefCheck())).isInstanceOf(DatabaseAwayException.class);

        for (var work : List.of(write, transaction)) {
            assertThat(work).failsWithin(TIMEOUT).withThrowableOfType(ExecutionException.class)
                    .withCauseInstanceOf(DatabaseAwayException.class);
        }
    }

    @Test
    void aTransactionThatWaitsForALockOfTheWholeServerFailsSoonAfterTheCheck() throws SQLException {
        try (var backup = DriverManager.getConnection("jdbc:" + oldPrimary.url("weekly"), oldPrimary.user(), "");
                var lock = backup.createStatement()) {
            lock.execute("FLUSH TABLES WITH READ LOCK");
            var plain = transaction(write -> write);
            var recovered = transaction(write -> write.onFailure().recoverWithNull());
            var renamed = transaction(write -> write.onFailure().transform(_ -> new IllegalStateException("not written")));

            assertThatThrownBy(() -> get(database.check(BRIEF, connection -> connection.query(WRITE).execute())))
                    .isInstanceOf(DatabaseAwayException.class);

            for (var work : List.of(plain, recovered)) {
                assertThat(work).failsWithin(TIMEOUT).withThrowableOfType(ExecutionException.class)
                        .withCauseInstanceOf(DatabaseAwayException.class);
            }
            assertThat(renamed).failsWithin(TIMEOUT).withThrowableOfType(ExecutionException.class).withMessageContaining("not written");
        }
    }

    private CompletableFuture<?> transaction(UnaryOperator<Uni<RowSet<Row>>> ending) {
        return database.transaction(connection -> ending.apply(connection.query(WRITE).execute())).subscribeAsCompletionStage();
    }

    private Uni<?> briefCheck() {
        return database.check(BRIEF, connection -> connection.query("SELECT 1").execute());
    }

    private Uni<?> check() {
        return database.check(TIMEOUT, connection -> connection.query("DELETE FROM fact WHERE FALSE").execute());
    }

    private static void execute(EmbeddedDatabase server, String sql) {
        DatabaseServer.execute(server.host(), server.port(), server.user(), "", sql);
    }

    private static int connections(EmbeddedDatabase server) throws SQLException {
        return count(server, "SELECT COUNT(*) FROM information_schema.processlist WHERE user = 'app'");
    }

    private static int facts(EmbeddedDatabase server) throws SQLException {
        return count(server, "SELECT COUNT(*) FROM fact");
    }

    private static int count(EmbeddedDatabase server, String sql) throws SQLException {
        try (var connection = DriverManager.getConnection("jdbc:" + server.url("weekly"), server.user(), "");
                var rows = connection.createStatement().executeQuery(sql)) {
            rows.next();
            return rows.getInt(1);
        }
    }
}

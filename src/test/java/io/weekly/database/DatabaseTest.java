package io.weekly.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.vertx.VertxContextSupport;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlClient;
import io.vertx.mysqlclient.MySQLException;
import io.weekly.testing.TestServers;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** All transactions of a request as one, on a Vert.x context like that of a request. */
@QuarkusTest
@QuarkusTestResource(TestServers.class)
class DatabaseTest {

    @Inject
    Database database;

    @Test
    void theTransactionsOfARequestShareOneConnection() throws Throwable {
        var connections = VertxContextSupport.subscribeAndAwait(() -> database.inRequestTransaction(this::threeTransactions));

        assertThat(connections).hasSize(3).containsOnly(connections.getFirst());
    }

    @Test
    void afterADeadlockTheyShareOneConnectionToo() throws Throwable {
        var runs = new AtomicInteger();
        var committed = new AtomicInteger();

        var connections = VertxContextSupport.subscribeAndAwait(() -> database.inRequestTransaction(() -> threeTransactions()
                .invoke(() -> {
                    database.afterCommit(committed::incrementAndGet);
                    if (runs.incrementAndGet() < 3) {
                        throw new MySQLException("Deadlock found", 1213, "40001");
                    }
                })));

        assertThat(runs).hasValue(3);
        assertThat(connections).hasSize(3).containsOnly(connections.getFirst());
        assertThat(committed).hasValue(1);
    }

    @Test
    void afterTheRequestsTransactionOthersAreSeparate() throws Throwable {
        var committed = new AtomicInteger();

        VertxContextSupport.subscribeAndAwait(() -> database.inRequestTransaction(this::threeTransactions)
                .invoke(done -> database.afterCommit(committed::incrementAndGet))
                .invoke(done -> assertThat(RequestTransaction.current()).isEmpty()));
        assertThatThrownBy(() -> VertxContextSupport.subscribeAndAwait(() -> database.inRequestTransaction(
                        () -> threeTransactions().onItem().failWith(() -> new IllegalStateException("no")))
                .onFailure()
                .invoke(failed -> assertThat(RequestTransaction.current()).isEmpty())))
                .hasMessage("no");

        assertThat(committed).hasValue(1);
    }

    @Test
    void workOutsideOfTheRequestsTransactionHasItsOwnAndTheRequestGoesOnAfterIt() throws Throwable {
        var committed = new AtomicInteger();

        var connections = VertxContextSupport.subscribeAndAwait(() -> database.inRequestTransaction(() -> connection(database.client())
                .flatMap(first -> database.outsideRequestTransaction(() -> database.transaction(DatabaseTest::connection)
                                .invoke(() -> database.afterCommit(committed::incrementAndGet)))
                        .invoke(() -> assertThat(committed).hasValue(1))
                        .flatMap(outside -> connection(database.client()).map(last -> List.of(first, outside, last))))));

        assertThat(connections.get(2)).isEqualTo(connections.getFirst());
        assertThat(connections.get(1)).isNotEqualTo(connections.getFirst());
    }

    @Test
    void theRequestHasItsTransactionAgainIfTheWorkOutsideOfItFails() throws Throwable {
        var connections = VertxContextSupport.subscribeAndAwait(() -> database.inRequestTransaction(() -> connection(database.client())
                .flatMap(first -> database.outsideRequestTransaction(() -> Uni.createFrom().<Long>failure(new IllegalStateException("no")))
                        .onFailure()
                        .recoverWithUni(_ -> connection(database.client()))
                        .map(last -> List.of(first, last)))));

        assertThat(connections.getLast()).isEqualTo(connections.getFirst());
    }

    /** The connections on which a statement and two transactions after it were. */
    private Uni<List<Long>> threeTransactions() {
        var seen = new ArrayList<Long>();
        return connection(database.client())
                .invoke(seen::add)
                .flatMap(first -> database.transaction(DatabaseTest::connection))
                .invoke(seen::add)
                .flatMap(second -> connection(database.client()))
                .invoke(seen::add)
                .replaceWith(seen);
    }

    private static Uni<Long> connection(SqlClient client) {
        return client.query("SELECT CONNECTION_ID() AS id").execute().map(rows -> rows.iterator().next().getLong("id"));
    }
}

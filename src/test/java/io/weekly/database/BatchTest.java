package io.weekly.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlClient;
import io.vertx.mutiny.sqlclient.Tuple;
import io.weekly.testing.TestServers;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(TestServers.class)
class BatchTest {

    private static final Duration TIMEOUT = Duration.ofSeconds(40);
    private static final String ADD = "UPDATE batch_row SET n = n + ? WHERE id = ?";
    private static final String WAITING = "SELECT COUNT(*) AS n FROM information_schema.innodb_trx WHERE trx_state = 'LOCK WAIT'";

    @Inject
    Database database;

    @BeforeEach
    void rows() {
        run("CREATE TABLE IF NOT EXISTS batch_row (id INT PRIMARY KEY, n INT NOT NULL) ENGINE = InnoDB");
        run("DELETE FROM batch_row");
        IntStream.rangeClosed(1, 100).forEach(id -> run("INSERT INTO batch_row VALUES (" + id + ", 0)"));
    }

    @Test
    void whatFollowsADeadlockInABatchIsNotWrittenOutsideOfItsTransaction() {
        var firstHasRowOne = new CompletableFuture<Void>();
        var otherWaits = new CompletableFuture<Void>();

        // The server ends the smaller one of the two.
        var small = database.transaction(transaction -> Batch.execute(transaction, ADD, List.of(Tuple.of(1, 1)))
                        .invoke(() -> firstHasRowOne.complete(null))
                        .flatMap(held -> Uni.createFrom().completionStage(otherWaits))
                        .flatMap(met -> Batch.execute(transaction, ADD, List.of(Tuple.of(1, 50), Tuple.of(1, 100)))))
                .subscribeAsCompletionStage();
        firstHasRowOne.join();
        var large = database.transaction(transaction -> Batch.execute(
                        transaction, ADD, IntStream.rangeClosed(2, 60).mapToObj(id -> Tuple.of(1000, id)).toList())
                        .flatMap(held -> Batch.execute(transaction, ADD, List.of(Tuple.of(1000, 1)))))
                .subscribeAsCompletionStage();
        await().atMost(TIMEOUT).until(() -> number(database.client(), WAITING) > 0);
        otherWaits.complete(null);
        CompletableFuture.allOf(small, large).orTimeout(TIMEOUT.toSeconds(), TimeUnit.SECONDS).join();

        assertThat(List.of(n(1), n(50), n(100))).containsExactly(1001L, 1001L, 1L);
    }

    private long n(int id) {
        return number(database.client(), "SELECT n FROM batch_row WHERE id = " + id);
    }

    private static long number(SqlClient client, String sql) {
        return client.query(sql).execute().await().atMost(TIMEOUT).iterator().next().getLong("n");
    }

    private void run(String sql) {
        database.client().query(sql).execute().await().atMost(TIMEOUT);
    }
}

package io.weekly.database;

import static io.weekly.testing.World.get;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quarkus.reactive.datasource.ReactiveDataSource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mysqlclient.MySQLException;
import io.weekly.testing.TestServers;
import io.weekly.testing.World;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(TestServers.class)
class ServiceConnectionsTest {

    @Inject
    Database database;

    @Inject
    Pool own;

    @Inject
    @ReactiveDataSource("source")
    Pool source;

    @Inject
    World world;

    @Test
    void theServiceConnectionsAreReadCommittedAndUtc() {
        assertThat(settings(own)).containsEntry("isolation", "READ-COMMITTED").containsEntry("time_zone", "+00:00");
    }

    @Test
    void theSourceConnectionsAreRepeatableReadAndUtc() {
        assertThat(settings(source)).containsEntry("isolation", "REPEATABLE-READ").containsEntry("time_zone", "+00:00");
    }

    @Test
    void theSourceConnectionsAreReadOnly() {
        assertThatThrownBy(() -> get(source.query("UPDATE send_rate SET next_at = next_at WHERE id = 1").execute()))
                .hasMessageContaining("READ ONLY");
    }

    @Test
    void afterADeadlockTheWholeTransactionRunsAgain() {
        var a = world.tenant();
        var b = world.tenant();
        var runs = new AtomicInteger();

        get(Uni.join().all(update(a, b, runs), update(b, a, runs)).andFailFast());

        assertThat(runs.get()).isEqualTo(3);
        assertThat(world.count("SELECT SUM(retention_days) FROM tenant WHERE id IN (?, ?)", a.id(), b.id())).isEqualTo(4);
    }

    @Test
    void afterAnotherErrorTheTransactionDoesNotRunAgain() {
        var runs = new AtomicInteger();

        assertThatThrownBy(() -> get(database.transaction(transaction -> {
                    runs.incrementAndGet();
                    return transaction.query("SELECT nothing").execute();
                })))
                .isInstanceOf(MySQLException.class);
        assertThat(runs.get()).isEqualTo(1);
    }

    /** Two of these in opposite order deadlock: each continues when both have locked their first row. */
    private final ArrayList<Runnable> waiting = new ArrayList<>();

    private Uni<Void> update(World.TenantRow first, World.TenantRow second, AtomicInteger runs) {
        var sql = "UPDATE tenant SET retention_days = COALESCE(retention_days, 0) + 1 WHERE id = ?";
        return database.transaction(transaction -> {
            runs.incrementAndGet();
            return transaction.preparedQuery(sql).execute(io.vertx.mutiny.sqlclient.Tuple.of(first.id()))
                    .flatMap(done -> runs.get() > 2 ? Uni.createFrom().voidItem() : untilBothAreHere())
                    .flatMap(done -> transaction.preparedQuery(sql).execute(io.vertx.mutiny.sqlclient.Tuple.of(second.id())))
                    .replaceWithVoid();
        });
    }

    private Uni<Void> untilBothAreHere() {
        return Uni.createFrom().emitter(emitter -> {
            synchronized (waiting) {
                waiting.add(() -> emitter.complete(null));
                if (waiting.size() == 2) {
                    waiting.forEach(Runnable::run);
                }
            }
        });
    }

    private static Map<String, String> settings(Pool pool) {
        var settings = new HashMap<String, String>();
        get(pool.query("SHOW SESSION VARIABLES WHERE Variable_name IN ('tx_isolation', 'transaction_isolation', 'time_zone')").execute())
                .forEach(row -> settings.put(row.getString(0).replaceFirst("^(tx|transaction)_", ""), row.getString(1)));
        return settings;
    }
}

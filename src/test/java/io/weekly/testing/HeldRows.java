package io.weekly.testing;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Tuple;
import io.weekly.database.Database;
import java.util.concurrent.CompletableFuture;

/** Rows that a transaction of the test locks until this is closed. */
public final class HeldRows implements AutoCloseable {

    private final CompletableFuture<Void> gate = new CompletableFuture<>();
    private final CompletableFuture<?> holder;

    private HeldRows(Database database, String lock, String id, CompletableFuture<Void> held) {
        holder = database.transaction(transaction -> transaction
                        .preparedQuery(lock)
                        .execute(Tuple.of(id))
                        .invoke(() -> held.complete(null))
                        .flatMap(rows -> Uni.createFrom().completionStage(gate)))
                .subscribeAsCompletionStage();
    }

    /** Runs a locking statement. Returns when it has its locks. */
    public static HeldRows of(Database database, String lock, String id) {
        var held = new CompletableFuture<Void>();
        var rows = new HeldRows(database, lock, id, held);
        held.join();
        return rows;
    }

    @Override
    public void close() {
        gate.complete(null);
        holder.join();
    }
}

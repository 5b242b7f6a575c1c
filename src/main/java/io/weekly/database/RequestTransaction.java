package io.weekly.database;

import io.smallrye.common.vertx.ContextLocals;
import io.smallrye.common.vertx.VertxContext;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The one transaction that all database work of a request runs in. It is stored in the request's own Vert.x context, so no other request
 * sees it.
 */
final class RequestTransaction {

    private static final String KEY = RequestTransaction.class.getName();

    private final SqlConnection connection;
    private final List<Runnable> afterCommit = new ArrayList<>();

    private RequestTransaction(SqlConnection connection) {
        this.connection = connection;
    }

    /** The transaction of the current request; empty if it has none. */
    static Optional<RequestTransaction> current() {
        return VertxContext.isOnDuplicatedContext() ? ContextLocals.get(KEY) : Optional.empty();
    }

    static RequestTransaction begin(SqlConnection connection) {
        var transaction = new RequestTransaction(connection);
        ContextLocals.put(KEY, transaction);
        return transaction;
    }

    void end() {
        ContextLocals.remove(KEY);
    }

    /** Runs the work while the request has no transaction. After it the request has this one again. */
    <T> Uni<T> suspend(Supplier<Uni<T>> work) {
        return Uni.createFrom()
                .deferred(() -> {
                    ContextLocals.remove(KEY);
                    return work.get();
                })
                .onTermination()
                .invoke(() -> ContextLocals.put(KEY, this));
    }

    SqlConnection connection() {
        return connection;
    }

    void afterCommit(Runnable action) {
        afterCommit.add(action);
    }

    void committed() {
        afterCommit.forEach(Runnable::run);
    }
}

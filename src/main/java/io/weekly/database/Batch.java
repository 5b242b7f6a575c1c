package io.weekly.database;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlClient;
import io.vertx.mutiny.sqlclient.Tuple;
import java.util.List;

/**
 * One statement for many rows, which ends with the first that fails. The client's own {@code executeBatch} goes on to the next row: after a
 * deadlock, with which the server has ended the transaction, each row that follows would be committed on its own. It sends one row after the
 * other too, so this costs about the same.
 */
public final class Batch {

    private Batch() {}

    /** None is fine. Fails with the server's own words, in which {@link Database#transaction} knows a deadlock. */
    public static Uni<Void> execute(SqlClient client, String sql, List<Tuple> rows) {
        return Multi.createFrom()
                .iterable(rows)
                .onItem()
                .transformToUniAndConcatenate(row -> client.preparedQuery(sql).execute(row))
                .collect()
                .last()
                .replaceWithVoid();
    }
}

package io.weekly.database;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlClient;
import io.vertx.mutiny.sqlclient.Tuple;
import java.util.List;

/**
 * Runs one statement for many rows and stops at the first failure. The client's own {@code executeBatch} continues with the next row after
 * a failure. But after a deadlock the server has ended the transaction, so it would commit each further row on its own. This class is about
 * as fast as {@code executeBatch}, which also sends the rows one by one.
 */
public final class Batch {

    private Batch() {}

    /**
     * Runs the statement for each row; there may be none. Fails with the server's error, so {@link Database#transaction} sees a deadlock.
     */
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

package io.weekly.retention;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Tuple;
import io.weekly.database.Database;
import io.weekly.database.Utc;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;

/** The table {@code store_sweep}: its one row says when the store may be searched again, by whichever process comes first. */
@ApplicationScoped
class StoreSweeps {

    private static final String TAKE =
            """
            UPDATE store_sweep
            SET next_at = NOW(6) + INTERVAL ? MICROSECOND
            WHERE id = 1 AND next_at <= NOW(6)""";

    private final Database database;

    StoreSweeps(Database database) {
        this.database = database;
    }

    /**
     * Takes the next search.
     *
     * @param interval how long nobody else takes one
     * @return false if it is not time, or another process was faster
     */
    Uni<Boolean> take(Duration interval) {
        return database.client()
                .preparedQuery(TAKE)
                .execute(Tuple.of(Utc.micros(interval)))
                .map(updated -> updated.rowCount() == 1);
    }
}

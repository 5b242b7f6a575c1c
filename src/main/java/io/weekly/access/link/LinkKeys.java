package io.weekly.access.link;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Tuple;
import io.weekly.database.Database;
import io.weekly.database.Utc;
import io.weekly.keys.KeyUser;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;

/** Counts the links under each key that still work. */
@ApplicationScoped
class LinkKeys implements KeyUser {

    private static final String COUNT =
            """
            SELECT key_id, COUNT(*) AS links
            FROM link
            WHERE expires_at > ? AND revoked_at IS NULL
            GROUP BY key_id""";

    private final Database database;
    private final Clock clock;

    LinkKeys(Database database, Clock clock) {
        this.database = database;
        this.clock = clock;
    }

    @Override
    public String things() {
        return "links";
    }

    @Override
    public Uni<Map<String, Long>> countByKey() {
        return database.client().preparedQuery(COUNT).execute(Tuple.of(Utc.column(clock.instant()))).map(rows -> {
            var counts = new HashMap<String, Long>();
            rows.forEach(row -> counts.put(row.getString("key_id"), row.getLong("links")));
            return counts;
        });
    }
}

package io.weekly.queue;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlClient;
import io.vertx.mutiny.sqlclient.Tuple;
import io.weekly.audit.AuditEvent;
import io.weekly.audit.AuditLog;
import io.weekly.database.Database;
import io.weekly.database.Utc;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;

/**
 * Reads and changes which lanes are paused. The state is stored in the table {@code lane}. Each process that works lanes reads it with its
 * heartbeat.
 */
@ApplicationScoped
public class Lanes {

    private static final String PAUSED =
            """
            SELECT name
            FROM lane
            WHERE paused""";
    private static final String HOLD =
            """
            SELECT paused
            FROM lane
            WHERE name = ?
            FOR UPDATE""";
    private static final String CHANGE =
            """
            UPDATE lane
            SET paused = ?, changed_at = ?
            WHERE name = ?""";

    private final Database database;
    private final AuditLog audit;
    private final LaneSignal signal;
    private final Clock clock;

    Lanes(Database database, AuditLog audit, LaneSignal signal, Clock clock) {
        this.database = database;
        this.audit = audit;
        this.signal = signal;
        this.clock = clock;
    }

    /** The lanes that are paused now. */
    public Uni<Set<Lane>> paused() {
        return database.client().query(PAUSED).execute().map(rows -> {
            var paused = EnumSet.noneOf(Lane.class);
            rows.forEach(row -> paused.add(Lane.of(row.getString("name"))));
            return paused;
        });
    }

    /** Pauses or resumes the lane in every process. Idempotent: a second call changes nothing and writes no event. */
    public Uni<Void> pause(Lane lane, boolean paused, String actor) {
        return database.transaction(transaction -> transaction
                        .preparedQuery(HOLD)
                        .execute(Tuple.of(lane.sql()))
                        .flatMap(rows -> rows.iterator().next().getBoolean("paused") == paused
                                ? Uni.createFrom().voidItem()
                                : change(transaction, lane, paused, actor)))
                // The signal is also sent if nothing has changed, so that this process certainly has the current state.
                .invoke(signal::changed);
    }

    /** Calls the listener when this process has paused or resumed a lane. */
    public void onChange(Runnable listener) {
        signal.listen(listener);
    }

    private Uni<Void> change(SqlClient transaction, Lane lane, boolean paused, String actor) {
        var now = clock.instant();
        var event = new AuditEvent(null, now, actor, paused ? "lane.paused" : "lane.resumed", lane.sql(), Map.of());
        return transaction
                .preparedQuery(CHANGE)
                .execute(Tuple.of(paused, Utc.column(now), lane.sql()))
                .flatMap(_ -> audit.append(transaction, event));
    }
}

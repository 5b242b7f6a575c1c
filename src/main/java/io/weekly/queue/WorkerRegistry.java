package io.weekly.queue;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import io.weekly.database.Database;
import io.weekly.database.Utc;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.StreamSupport;

/**
 * The table of the processes that work lanes, with the figures and the time of their last heartbeat. The time is that of the database's
 * clock.
 */
@ApplicationScoped
public class WorkerRegistry {

    /**
     * Ten heartbeats: long enough for a restart of the database or a long GC pause, and short enough to forget the figures of a dead
     * process.
     */
    private static final Duration ALIVE_FOR = Duration.ofSeconds(10);
    /** The figures are about the last minute, so nobody needs the row after that time. */
    private static final Duration DELETED_AFTER = Duration.ofSeconds(60);

    private static final String SEEN =
            """
            INSERT INTO worker (id, host, lanes, started_at, last_seen)
            VALUES (UNHEX(?), ?, ?, ?, NOW(6))
            ON DUPLICATE KEY UPDATE lanes = VALUES(lanes), last_seen = VALUES(last_seen)""";
    private static final String PRUNE =
            """
            DELETE FROM worker
            WHERE last_seen < NOW(6) - INTERVAL ? SECOND""";
    private static final String LEAVE =
            """
            DELETE FROM worker
            WHERE id = UNHEX(?)""";
    private static final String LIVING =
            """
            SELECT LOWER(HEX(id)) AS id, host, lanes, last_seen
            FROM worker
            WHERE last_seen >= NOW(6) - INTERVAL ? SECOND
            ORDER BY worker.id""";

    private final Database database;
    private final ObjectMapper json;

    WorkerRegistry(Database database, ObjectMapper json) {
        this.database = database;
        this.json = json;
    }

    /** Writes a heartbeat of the worker with its figures by name of lane. */
    public Uni<Void> seen(Worker worker, SortedMap<String, LaneFigures> lanes) {
        return database.client()
                .preparedQuery(SEEN)
                .execute(Tuple.of(worker.id(), worker.host(), text(lanes), Utc.column(worker.startedAt())))
                .replaceWithVoid();
    }

    /** Deletes the rows of workers that died. */
    public Uni<Void> prune() {
        return database.client().preparedQuery(PRUNE).execute(Tuple.of(DELETED_AFTER.toSeconds())).replaceWithVoid();
    }

    /** Deletes the row of a worker that shuts down. */
    public Uni<Void> leave(Worker worker) {
        return database.client().preparedQuery(LEAVE).execute(Tuple.of(worker.id())).replaceWithVoid();
    }

    /** The workers with a recent heartbeat; the one that started first comes first. */
    Uni<List<Seen>> living() {
        return database.client()
                .preparedQuery(LIVING)
                .execute(Tuple.of(ALIVE_FOR.toSeconds()))
                .map(rows -> StreamSupport.stream(rows.spliterator(), false).map(this::worker).toList());
    }

    private Seen worker(Row row) {
        return new Seen(
                row.getString("id"),
                row.getString("host"),
                lanes(row.getString("lanes")),
                Utc.instant(row.getLocalDateTime("last_seen")));
    }

    private String text(SortedMap<String, LaneFigures> lanes) {
        try {
            return json.writeValueAsString(lanes);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("figures are plain numbers", e);
        }
    }

    private SortedMap<String, LaneFigures> lanes(String text) {
        try {
            return json.readValue(text, new TypeReference<TreeMap<String, LaneFigures>>() {});
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a worker's row holds what no version of this wrote: " + text, e);
        }
    }

    /** A worker and its last heartbeat; its lanes by name. */
    record Seen(String id, String host, SortedMap<String, LaneFigures> lanes, Instant lastSeen) {}
}

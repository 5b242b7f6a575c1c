package io.weekly.audit.seal;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlClient;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import io.weekly.database.Database;
import io.weekly.database.Utc;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.Optional;
import java.util.stream.StreamSupport;

/**
 * Who seals when, and up to which event. The table {@code audit_sealing} has one row for all processes. {@code audit_mark} has the newest
 * id at some moments: an id that is given after such a moment is higher. So when a mark is old enough, all transactions with ids up to it
 * have ended. The times of the events themselves are not used, because a process with a wrong clock writes them.
 */
@ApplicationScoped
class SealTurns {

    private final Database database;

    SealTurns(Database database) {
        this.database = database;
    }

    private static final String TAKE =
            """
            UPDATE audit_sealing
            SET next_at = UTC_TIMESTAMP(6) + INTERVAL ? MICROSECOND
            WHERE id = 1 AND next_at <= UTC_TIMESTAMP(6)""";

    /**
     * Takes the next pass.
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

    private static final String MARK =
            """
            INSERT INTO audit_mark (at, last_id)
            SELECT UTC_TIMESTAMP(6), COALESCE(MAX(id), 0)
            FROM audit_event""";
    private static final String SETTLED =
            """
            SELECT at, last_id
            FROM audit_mark
            WHERE at <= UTC_TIMESTAMP(6) - INTERVAL ? MICROSECOND
            ORDER BY at DESC
            LIMIT 1""";
    private static final String FORGET = "DELETE FROM audit_mark WHERE at < ?";

    /**
     * The id up to which events are settled; 0 if there is none yet. Also marks this moment.
     *
     * @param settle how old a mark must be
     */
    Uni<Long> settled(Duration settle) {
        return database.transaction(transaction -> transaction.query(MARK)
                .execute()
                .flatMap(_ -> transaction.preparedQuery(SETTLED).execute(Tuple.of(Utc.micros(settle))))
                .map(rows -> StreamSupport.stream(rows.spliterator(), false).findFirst())
                .flatMap(mark -> mark.isEmpty() ? Uni.createFrom().item(0L) : forgetOlder(transaction, mark.get())));
    }

    private static Uni<Long> forgetOlder(SqlConnection transaction, Row mark) {
        return transaction.preparedQuery(FORGET)
                .execute(Tuple.of(mark.getLocalDateTime("at")))
                .replaceWith(mark.getLong("last_id"));
    }

    /** Until the transaction ends, nobody else can make a seal. */
    static final String LOCK =
            """
            SELECT UTC_TIMESTAMP(6) AS now
            FROM audit_sealing
            WHERE id = 1
            FOR UPDATE""";

    /** Locks. Returns the database's time in microseconds since 1970. */
    static Uni<Long> lock(SqlClient transaction) {
        return transaction.query(LOCK).execute().map(rows -> micros(rows.iterator().next().getLocalDateTime("now")));
    }

    static long micros(LocalDateTime time) {
        return Duration.between(Instant.EPOCH, Utc.instant(time)).toNanos() / 1000;
    }

    private static final String OLDEST_UNSEALED =
            """
            SELECT at
            FROM audit_event
            WHERE id > ?
            ORDER BY id
            LIMIT 1""";

    /** The time of the first event after the last seal. Two statements: with a subquery for the id, MariaDB reads all events. */
    Uni<Optional<LocalDateTime>> oldestUnsealed() {
        return Seals.head(database.client())
                .flatMap(head -> database.client()
                        .preparedQuery(OLDEST_UNSEALED)
                        .execute(Tuple.of(head.map(Seal::lastId).orElse(0L))))
                .map(rows -> StreamSupport.stream(rows.spliterator(), false).findFirst().map(row -> row.getLocalDateTime("at")));
    }
}

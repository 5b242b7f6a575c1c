package io.weekly.audit.seal;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlClient;
import io.vertx.mutiny.sqlclient.Tuple;
import io.weekly.database.Utc;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/** The table {@code audit_seal}, as the service reads and writes it. */
final class Seals {

    private Seals() {}

    /** The newest seal. */
    static Uni<Optional<Seal>> head(SqlClient client) {
        return read(client, SealQueries.HEAD, Tuple.tuple()).map(Seals::first);
    }

    static Uni<Optional<Seal>> find(SqlClient client, long number) {
        return read(client, SealQueries.BY_NUMBER, Tuple.of(number)).map(Seals::first);
    }

    static Uni<Optional<Seal>> newestPruning(SqlClient client) {
        return read(client, SealQueries.NEWEST_PRUNING, Tuple.tuple()).map(Seals::first);
    }

    /** The first number below 1. */
    static Uni<Optional<Long>> belowFirst(SqlClient client) {
        return client.query(SealQueries.SEAL_BELOW_FIRST)
                .execute()
                .map(rows -> StreamSupport.stream(rows.spliterator(), false).map(row -> row.getLong("number")).findFirst());
    }

    /** The next seals after a number, up to a number, ascending. */
    static Uni<List<Seal>> page(SqlClient client, long after, long last, int limit) {
        return read(client, SealQueries.PAGE, Tuple.of(after, last, limit));
    }

    /** The seals since a time that have gaps or late events, newest first. */
    static Uni<List<Seal>> withGapsSince(SqlClient client, long micros, int limit) {
        return read(client, SealQueries.WITH_GAPS_SINCE, Tuple.of(Utc.column(Seal.instant(micros)), limit));
    }

    /** The number of the first seal since a time; empty if there is none. */
    static Uni<Optional<Long>> firstSince(SqlClient client, Instant time) {
        return client.preparedQuery(SealQueries.FIRST_SINCE)
                .execute(Tuple.of(Utc.column(time)))
                .map(rows -> StreamSupport.stream(rows.spliterator(), false).map(row -> row.getLong("number")).findFirst());
    }

    /** The newest seals, newest first, with their numbers of events. */
    static Uni<List<SealSize>> newestSizes(SqlClient client, int limit) {
        return client.preparedQuery(SealQueries.NEWEST_SIZES)
                .execute(Tuple.of(limit))
                .map(rows -> StreamSupport.stream(rows.spliterator(), false)
                        .map(row -> new SealSize(row.getLong("number"), row.getInteger("events")))
                        .toList());
    }

    record SealSize(long number, int events) {}

    private static Optional<Seal> first(List<Seal> seals) {
        return seals.stream().findFirst();
    }

    private static Uni<List<Seal>> read(SqlClient client, String sql, Tuple values) {
        return client.preparedQuery(sql)
                .execute(values)
                .map(rows -> StreamSupport.stream(rows.spliterator(), false).map(Seals::seal).toList());
    }

    private static Seal seal(Row row) {
        return new Seal(
                row.getLong("number"),
                row.getLong("first_id"),
                row.getLong("last_id"),
                IdRanges.parse(row.getString("gaps")),
                IdRanges.parse(row.getString("late_ids")),
                row.getInteger("events"),
                row.getLong("oldest"),
                row.getLong("newest"),
                row.getString("hash"),
                row.getString("previous"),
                Objects.requireNonNullElse(row.getLong("sealed"), 0L),
                row.getLong("pruned_to"),
                row.getString("key_id"),
                row.getString("signature"));
    }

    static final String INSERT =
            """
            INSERT INTO audit_seal (number, first_id, last_id, gaps, late_ids, events, oldest_at, newest_at, hash, previous, sealed_at,
                                    pruned_to, key_id, signature)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""";

    static Uni<Void> insert(SqlClient transaction, Seal seal) {
        return transaction.preparedQuery(INSERT).execute(Tuple.from(columns(seal))).replaceWithVoid();
    }

    /** The values of the statement. */
    static @Nullable Object[] columns(Seal seal) {
        return new @Nullable Object[] {
            seal.number(),
            seal.firstId(),
            seal.lastId(),
            seal.gaps().text(),
            seal.late().text(),
            seal.events(),
            column(seal.oldestMicros()),
            column(seal.newestMicros()),
            seal.hash(),
            seal.previous(),
            column(seal.sealedMicros()),
            seal.prunedTo(),
            seal.keyId(),
            seal.signature()
        };
    }

    private static @Nullable LocalDateTime column(@Nullable Long micros) {
        return micros == null ? null : Utc.column(Seal.instant(micros));
    }
}

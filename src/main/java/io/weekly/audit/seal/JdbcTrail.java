package io.weekly.audit.seal;

import io.weekly.database.Placeholders;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Reads over one JDBC connection. Throws a {@link TrailException} if the database fails. */
record JdbcTrail(Connection connection) implements Trail {

    private static final int PAGE = 1000;
    private static final int IDS = 200;

    /** The database did not answer, or refused. */
    static final class TrailException extends RuntimeException {
        private static final long serialVersionUID = 1;

        TrailException(SQLException cause) {
            super(cause);
        }
    }

    private interface Reader<T> {
        T read(ResultSet row) throws SQLException;
    }

    @Override
    public List<List<String>> rows(String sql) {
        return query(sql, row -> {
            var texts = new ArrayList<String>();
            for (var i = 1; i <= row.getMetaData().getColumnCount(); i++) {
                texts.add(Objects.requireNonNullElse(row.getString(i), TrailTables.NULL));
            }
            return texts;
        });
    }

    @Override
    public Optional<Seal> head() {
        return query(SealQueries.HEAD, JdbcTrail::seal).stream().findFirst();
    }

    @Override
    public Optional<Seal> seal(long number) {
        return query(SealQueries.BY_NUMBER, JdbcTrail::seal, number).stream().findFirst();
    }

    @Override
    public Optional<Seal> newestPruning() {
        return query(SealQueries.NEWEST_PRUNING, JdbcTrail::seal).stream().findFirst();
    }

    @Override
    public List<Seal> seals(long after, long last, int limit) {
        return query(SealQueries.PAGE, JdbcTrail::seal, after, last, limit);
    }

    @Override
    public void events(IdRanges ids, Consumer<SealedEvent> reader) {
        var all = ids.ids().boxed().toList();
        for (var from = 0; from < all.size(); from += IDS) {
            var some = all.subList(from, Math.min(from + IDS, all.size()));
            query(SealQueries.EVENTS_BY_ID.formatted(Placeholders.of("?", some.size())), JdbcTrail::event, some.toArray())
                    .forEach(reader);
        }
    }

    @Override
    public void events(long first, long last, Consumer<SealedEvent> reader) {
        var pages = new EventPages(first, PAGE);
        while (!pages.end()) {
            pages.unread(query(SealQueries.EVENTS, JdbcTrail::event, pages.next(), last, PAGE)).forEach(reader);
        }
    }

    @Override
    public Optional<Long> belowFirst() {
        return query(SealQueries.BELOW_FIRST, row -> row.getLong("id")).stream().findFirst();
    }

    @Override
    public Optional<Long> sealBelowFirst() {
        return query(SealQueries.SEAL_BELOW_FIRST, row -> row.getLong("number")).stream().findFirst();
    }

    @Override
    public UnsealedEvents unsealed(long after) {
        return query(
                        SealQueries.UNSEALED,
                        row -> new UnsealedEvents(row.getLong("events"), number(row, "oldest")),
                        after,
                        after)
                .getFirst();
    }

    private static Seal seal(ResultSet row) throws SQLException {
        return new Seal(
                row.getLong("number"),
                row.getLong("first_id"),
                row.getLong("last_id"),
                IdRanges.parse(row.getString("gaps")),
                IdRanges.parse(row.getString("late_ids")),
                row.getInt("events"),
                number(row, "oldest"),
                number(row, "newest"),
                row.getString("hash"),
                row.getString("previous"),
                Objects.requireNonNullElse(number(row, "sealed"), 0L),
                number(row, "pruned_to"),
                row.getString("key_id"),
                row.getString("signature"));
    }

    private static SealedEvent event(ResultSet row) throws SQLException {
        return new SealedEvent(
                row.getLong("id"),
                number(row, "tenant_id"),
                number(row, "at_micros"),
                row.getString("actor"),
                row.getString("action"),
                row.getString("subject"),
                row.getString("detail"),
                row.getString("client"),
                row.getString("request_id"));
    }

    private static @Nullable Long number(ResultSet row, String column) throws SQLException {
        var value = row.getLong(column);
        return row.wasNull() ? null : value;
    }

    private <T> List<T> query(String sql, Reader<T> reader, Object... values) {
        try (var statement = prepared(sql, values);
                var rows = statement.executeQuery()) {
            var found = new ArrayList<T>();
            while (rows.next()) {
                found.add(reader.read(rows));
            }
            return found;
        } catch (SQLException e) {
            throw new TrailException(e);
        }
    }

    /** Runs a statement that changes rows, and returns how many. */
    int update(String sql, @Nullable Object... values) {
        try (var statement = prepared(sql, values)) {
            return statement.executeUpdate();
        } catch (SQLException e) {
            throw new TrailException(e);
        }
    }

    private PreparedStatement prepared(String sql, @Nullable Object... values) throws SQLException {
        var statement = connection.prepareStatement(sql);
        for (var i = 0; i < values.length; i++) {
            statement.setObject(i + 1, values[i]);
        }
        return statement;
    }

    /** Locks the table of seals until the transaction ends. Returns the database's time in microseconds since 1970. */
    long lock() {
        return query(SealTurns.LOCK, row -> SealTurns.micros(row.getObject("now", LocalDateTime.class))).getFirst();
    }
}

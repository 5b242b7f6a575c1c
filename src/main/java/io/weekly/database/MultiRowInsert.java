package io.weekly.database;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlClient;
import io.vertx.mutiny.sqlclient.Tuple;
import java.util.ArrayList;
import java.util.List;

/**
 * Rows that one {@code INSERT} has many of, where a batch would send as many statements. They go in powers of two, so that batches of any
 * size share eight prepared statements, where each size would have one of its own, prepared on each connection.
 */
public final class MultiRowInsert {

    private static final int MAX_ROWS = 128;

    private MultiRowInsert() {}

    /**
     * Inserts all of them, in their order; none is fine.
     *
     * @param sql with {@code %s} where the rows stand
     * @param row one of them, such as {@code (?, NOW(6))}
     */
    public static Uni<Void> insert(SqlClient transaction, String sql, String row, List<Tuple> rows) {
        return Multi.createFrom()
                .iterable(parts(rows))
                .onItem()
                .transformToUniAndConcatenate(part -> transaction
                        .preparedQuery(sql.formatted(Placeholders.of(row, part.size())))
                        .execute(together(part)))
                .collect()
                .last()
                .replaceWithVoid();
    }

    static <T> List<List<T>> parts(List<T> rows) {
        var parts = new ArrayList<List<T>>();
        for (var from = 0; from < rows.size(); ) {
            var size = Math.min(MAX_ROWS, Integer.highestOneBit(rows.size() - from));
            parts.add(rows.subList(from, from + size));
            from += size;
        }
        return parts;
    }

    private static Tuple together(List<Tuple> rows) {
        var values = new ArrayList<Object>();
        for (var row : rows) {
            for (var column = 0; column < row.size(); column++) {
                values.add(row.getValue(column));
            }
        }
        return Tuple.from(values);
    }
}

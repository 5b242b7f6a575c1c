package io.weekly.database;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlClient;
import io.vertx.mutiny.sqlclient.Tuple;
import java.util.ArrayList;
import java.util.List;

/**
 * Inserts many rows with few statements. The number of rows in a statement is a power of two, at most 128. So lists of all lengths share
 * eight prepared statements. Otherwise each connection would prepare one statement for each length.
 */
public final class MultiRowInsert {

    private static final int MAX_ROWS = 128;

    private MultiRowInsert() {}

    /**
     * Inserts the rows in their order; there may be none.
     *
     * @param sql with {@code %s} in place of the rows
     * @param row the placeholders of one row, such as {@code (?, NOW(6))}
     */
    public static Uni<Void> insert(SqlClient transaction, String sql, String row, List<Tuple> rows) {
        return Multi.createFrom()
                .iterable(parts(rows))
                .onItem()
                .transformToUniAndConcatenate(part -> transaction
                        .preparedQuery(sql.formatted(Placeholders.of(row, part.size())))
                        .execute(values(part)))
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

    private static Tuple values(List<Tuple> rows) {
        var values = new ArrayList<Object>();
        for (var row : rows) {
            for (var column = 0; column < row.size(); column++) {
                values.add(row.getValue(column));
            }
        }
        return Tuple.from(values);
    }
}

package io.weekly.database;

import io.vertx.mutiny.sqlclient.Tuple;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The conditions of a query whose filters are chosen at run time. Texts are constants of the code; values are bound, always. */
public final class QueryConditions {

    private final StringBuilder sql = new StringBuilder("WHERE TRUE");
    private final List<Object> values = new ArrayList<>();

    /** Adds a condition with a {@code ?} for each value. */
    public QueryConditions and(String condition, Object... bound) {
        sql.append("\n  AND ").append(condition);
        values.addAll(Arrays.asList(bound));
        return this;
    }

    /** Adds the condition where the filter was given. */
    public QueryConditions andIfGiven(String condition, Object value) {
        return value == null ? this : and(condition, value);
    }

    public String sql() {
        return sql.toString();
    }

    /** What goes before them in the statement, the bound values, and what follows. */
    public Tuple between(List<Object> before, Object... more) {
        var all = new ArrayList<>(before);
        all.addAll(values);
        all.addAll(Arrays.asList(more));
        return Tuple.from(all);
    }

    /** The bound values, and what follows them in the statement. */
    public Tuple with(Object... more) {
        var all = new ArrayList<>(values);
        all.addAll(Arrays.asList(more));
        return Tuple.from(all);
    }
}

package io.weekly.database;

import io.vertx.mutiny.sqlclient.Tuple;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The WHERE clause of a query with optional filters. The conditions are constants in the code, and all values are bound. */
public final class QueryConditions {

    private final StringBuilder sql = new StringBuilder("WHERE TRUE");
    private final List<Object> values = new ArrayList<>();

    /** Adds a condition that has a {@code ?} for each value. */
    public QueryConditions and(String condition, Object... bound) {
        sql.append("\n  AND ").append(condition);
        values.addAll(Arrays.asList(bound));
        return this;
    }

    /** Adds the condition unless the value is null. */
    public QueryConditions andIfGiven(String condition, @Nullable Object value) {
        return value == null ? this : and(condition, value);
    }

    /** The clause, starting with {@code WHERE}. */
    public String sql() {
        return sql.toString();
    }

    /** All values of the statement: those before the clause, those of the clause, and those after it. */
    public Tuple between(List<Object> before, Object... after) {
        var all = new ArrayList<>(before);
        all.addAll(values);
        all.addAll(Arrays.asList(after));
        return Tuple.from(all);
    }

    /** The values of the clause, and those after it. */
    public Tuple with(Object... after) {
        var all = new ArrayList<>(values);
        all.addAll(Arrays.asList(after));
        return Tuple.from(all);
    }
}

package io.weekly.queue;

import com.fasterxml.jackson.annotation.JsonValue;

/** A kind of work with a pool of workers of its own, so that neither stage can starve the other. */
public enum Lane {
    /** CPU-bound: figures, page, PDF, file. */
    GENERATE("generate"),
    /** I/O-bound: the dialogue with the mail server. */
    DELIVER("deliver");

    private final String sql;

    Lane(String sql) {
        this.sql = sql;
    }

    /** Its name in the database, in JSON and in the configuration. */
    @JsonValue
    public String sql() {
        return sql;
    }

    static Lane of(String sql) {
        return sql.equals(GENERATE.sql) ? GENERATE : DELIVER;
    }
}

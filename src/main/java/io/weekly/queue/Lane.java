package io.weekly.queue;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Arrays;
import java.util.Optional;

/** A kind of job. Each lane has its own workers, so that neither stage can starve the other. */
public enum Lane {
    /** CPU-bound: read figures, compose the page, render the PDF, store the files. */
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

    /** The lane of this name; empty if there is none. For names from outside. */
    public static Optional<Lane> named(String name) {
        return Arrays.stream(values()).filter(lane -> lane.sql.equals(name)).findFirst();
    }

    static Lane of(String sql) {
        return sql.equals(GENERATE.sql) ? GENERATE : DELIVER;
    }
}

package io.weekly.queue;

import com.fasterxml.jackson.annotation.JsonValue;

/** The priority of a job. On-demand jobs are claimed before bulk jobs, because a person waits for them. */
public enum Priority {
    ON_DEMAND(0, "on-demand"),
    BULK(1, "bulk");

    private final int sql;
    private final String text;

    Priority(int sql, String text) {
        this.sql = sql;
        this.text = text;
    }

    /** Its place in the order of a lane; less is earlier. */
    public int sql() {
        return sql;
    }

    /** Its name in the database and in JSON. */
    @JsonValue
    public String text() {
        return text;
    }

    static Priority of(int sql) {
        return sql == ON_DEMAND.sql ? ON_DEMAND : BULK;
    }

    /** The priority of a report, as its row has it. */
    public static Priority ofText(String text) {
        return text.equals(ON_DEMAND.text) ? ON_DEMAND : BULK;
    }
}

package io.weekly.run;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** Where a run stands. {@code due} is frozen once it has left {@link #ENQUEUING}. */
public enum RunState {
    ENQUEUING,
    WAITING,
    HELD,
    RUNNING,
    FINISHED,
    CANCELLED;

    @JsonValue
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    static RunState of(String text) {
        return valueOf(text.toUpperCase(Locale.ROOT));
    }
}

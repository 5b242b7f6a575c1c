package io.weekly.run;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/**
 * The state of a run. Its number of reports ({@code due}) is final when the run leaves {@link #ENQUEUING}. If it is cancelled in that
 * state, the number is final when the last chunk has been committed.
 */
public enum RunState {
    /** Its reports are being queued. */
    ENQUEUING,
    /** All reports are queued; the data are not ready yet. */
    WAITING,
    /** All reports are queued; somebody has to approve the run. */
    HELD,
    /** Its reports are generated and delivered. */
    RUNNING,
    /** All its reports have ended. */
    FINISHED,
    /** No stage of it starts any more. The run has ended when {@code finishedAt} is set. */
    CANCELLED;

    /** Its name in the database and in JSON. */
    @JsonValue
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    static RunState of(String text) {
        return valueOf(text.toUpperCase(Locale.ROOT));
    }
}

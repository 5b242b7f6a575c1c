package io.weekly.run;

import java.util.Locale;

/** Whether somebody must approve a run before its reports are sent. */
public enum Approval {
    /** No approval. */
    NONE,
    /** The run is held; the owner gets the first few reports as samples (canaries) and decides. */
    CANARY;

    /** Its name in the database and in JSON. */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** @throws IllegalArgumentException for any other name */
    public static Approval of(String text) {
        return valueOf(text.toUpperCase(Locale.ROOT));
    }
}

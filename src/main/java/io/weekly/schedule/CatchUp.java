package io.weekly.schedule;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** What a schedule does about occurrences that passed while the service was down. */
public enum CatchUp {
    /** Fires once, for the last one. */
    LATEST,
    /** Fires for each, the oldest first. */
    ALL,
    /** Skips them, and writes an audit event. */
    NONE;

    /** Its name in the database and in JSON. */
    @JsonValue
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** @throws IllegalArgumentException for a word that is no policy */
    @JsonCreator
    public static CatchUp of(String text) {
        for (var policy : values()) {
            if (policy.text().equals(text)) {
                return policy;
            }
        }
        throw new IllegalArgumentException("must be latest, all or none");
    }
}

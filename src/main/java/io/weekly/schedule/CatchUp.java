package io.weekly.schedule;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** What a schedule does with occurrences that it missed while the service was down. */
public enum CatchUp {
    /** Fires once, for the latest missed occurrence. */
    LATEST,
    /** Fires for each missed occurrence, the oldest first. */
    ALL,
    /** Skips all missed occurrences, and writes an audit event. */
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

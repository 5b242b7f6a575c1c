package io.weekly.schedule;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** What a schedule does about send times that passed while the service was down. */
public enum CatchUp {
    /** Fires once, for the last of them. */
    LATEST,
    /** Fires for each, oldest first. */
    ALL,
    /** Lets them go, and says so in the audit trail. */
    NONE;

    @JsonValue
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Fails for a word that is no policy, naming those that are. */
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

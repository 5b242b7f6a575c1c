package io.weekly.webhook;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** How an endpoint is. */
public enum EndpointState {
    /** It gets messages. */
    ACTIVE,
    /** It gets messages, but the last attempts all failed. */
    FAILING,
    /** It gets none: an admin has disabled it, it has answered with 410, or it has failed for days. */
    DISABLED;

    /** Its name in the database and in JSON. */
    @JsonValue
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The state of this name; empty for any other text. */
    public static Optional<EndpointState> of(String text) {
        return Arrays.stream(values()).filter(state -> state.text().equals(text)).findFirst();
    }
}

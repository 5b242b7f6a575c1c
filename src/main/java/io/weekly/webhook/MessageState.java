package io.weekly.webhook;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** Where a message is. */
public enum MessageState {
    /** It is to be sent, for the first time or again. */
    PENDING,
    /** The endpoint has answered with a 2xx. */
    SENT,
    /** The service has given it up. */
    FAILED;

    /** Its name in the database and in JSON. */
    @JsonValue
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The state of this name; empty for any other text. */
    public static Optional<MessageState> of(String text) {
        return Arrays.stream(values()).filter(state -> state.text().equals(text)).findFirst();
    }
}

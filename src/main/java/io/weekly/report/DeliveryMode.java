package io.weekly.report;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** How a report reaches its recipient. */
public enum DeliveryMode {
    /** A mail with the files attached. */
    ATTACHMENT,
    /** A mail with a link that opens the file. */
    LINK,
    /** No mail; users fetch the files. */
    NONE;

    /** Its name in the database and in JSON. */
    @JsonValue
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The mode of this name; empty for any other text. */
    public static Optional<DeliveryMode> of(String text) {
        return Arrays.stream(values()).filter(mode -> mode.text().equals(text)).findFirst();
    }
}

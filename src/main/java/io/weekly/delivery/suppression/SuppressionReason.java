package io.weekly.delivery.suppression;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Why an address gets no mail. A reader who unsubscribes has a {@link io.weekly.tenant.Preference} and no suppression. The names
 * are those of the database and of JSON.
 */
public enum SuppressionReason {
    /** A mail system said that the address does not exist. */
    BOUNCED,
    /** The reader marked a mail as spam. */
    COMPLAINED,
    /** The mailbox was full in several weeks in a row. */
    SOFT_BOUNCES,
    /** An admin of the tenant, or an operator, suppressed it. */
    MANUAL;

    /** The name in the database and in JSON. */
    @JsonValue
    public String text() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** The reason with this name; empty if there is none. */
    public static Optional<SuppressionReason> of(String text) {
        return Stream.of(values()).filter(reason -> reason.text().equals(text)).findFirst();
    }

    /** Whether a person decided it. What a mail system says about the address later does not replace such a reason. */
    boolean isDecision() {
        return this == COMPLAINED || this == MANUAL;
    }

    /** The reason in words, for the reason of a report and for the log. */
    public String words() {
        return switch (this) {
            case BOUNCED -> "a mail system said that it does not exist";
            case COMPLAINED -> "its reader reported a mail as spam";
            case SOFT_BOUNCES -> "its mailbox was full in several weeks in a row";
            case MANUAL -> "a user suppressed it";
        };
    }
}

package io.weekly.report;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The status of a report. */
public enum ReportStatus {
    /** Waits for a worker to generate it. */
    QUEUED,
    /** A worker generates it. Derived from the lease of its job, never stored. */
    GENERATING,
    /** Its files exist. Final if nothing is to be delivered. */
    GENERATED,
    /** A worker sends its mail. Derived from the lease of its job, never stored. */
    DELIVERING,
    /** The mail server has accepted the mail. */
    DELIVERED,
    /** The mail server has rejected the mail permanently. */
    BOUNCED,
    /** A stage failed permanently, or too often. */
    FAILED,
    /** The recipient gets no mail: ended, unsubscribed, or with a suppressed address. */
    SUPPRESSED,
    /** Nothing was sent this time: the recipient has paused the mails, or the report was empty. */
    SKIPPED,
    /** A user cancelled it or its run. */
    CANCELLED,
    /** It is unknown whether the mail was sent, and the configured policy is not to send it again. */
    UNKNOWN;

    /** The statuses that are stored. */
    public static final List<ReportStatus> STORED = Arrays.stream(values())
            .filter(status -> status != GENERATING && status != DELIVERING)
            .toList();

    /** Its name in the database and in JSON. */
    @JsonValue
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The status of this name; empty for any other text. */
    public static Optional<ReportStatus> of(String text) {
        return Arrays.stream(values()).filter(status -> status.text().equals(text)).findFirst();
    }

    /** Whether the status is final for a report with this mode. Only a user can change it then. */
    public boolean isEnd(DeliveryMode mode) {
        return switch (this) {
            case QUEUED, GENERATING, DELIVERING -> false;
            case GENERATED -> mode == DeliveryMode.NONE;
            case DELIVERED, BOUNCED, FAILED, SUPPRESSED, SKIPPED, CANCELLED, UNKNOWN -> true;
        };
    }
}

package io.weekly.report;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Where a report is on its way. */
public enum ReportStatus {
    QUEUED,
    /** Read off the lease, never stored. */
    GENERATING,
    /** The end where nothing is to be delivered. */
    GENERATED,
    /** Read off the lease, never stored. */
    DELIVERING,
    DELIVERED,
    /** The mail server refused it for this recipient, for good. */
    BOUNCED,
    FAILED,
    /** The recipient gets no mail: ended, unsubscribed, or on the list of suppressed addresses. */
    SUPPRESSED,
    /** Nothing is to be sent this time: the recipient has paused its reports. */
    SKIPPED,
    CANCELLED,
    /** Nobody can tell whether the mail went out, and policy says hold. */
    UNKNOWN;

    /** Those that are stored. */
    public static final List<ReportStatus> STORED = Arrays.stream(values())
            .filter(status -> status != GENERATING && status != DELIVERING)
            .toList();

    /** Its name in the database and in JSON. */
    @JsonValue
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Empty for a word that is no status. */
    public static Optional<ReportStatus> of(String text) {
        return Arrays.stream(values()).filter(status -> status.text().equals(text)).findFirst();
    }

    /** Whether nothing more will happen by itself. */
    public boolean isEnd(DeliveryMode mode) {
        return switch (this) {
            case QUEUED, GENERATING, DELIVERING -> false;
            case GENERATED -> mode == DeliveryMode.NONE;
            case DELIVERED, BOUNCED, FAILED, SUPPRESSED, SKIPPED, CANCELLED, UNKNOWN -> true;
        };
    }
}

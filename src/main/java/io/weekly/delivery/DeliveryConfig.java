package io.weekly.delivery;

import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMin;

/** {@code weekly.delivery.*} */
@ConfigMapping(prefix = "weekly.delivery")
public interface DeliveryConfig {

    /** The address that mails come from; a tenant's sender name stands before it. */
    @WithDefault("reports@localhost")
    String from();

    /** Mails a second that all processes together hand to the mail server. */
    @WithDefault("25")
    @Min(1)
    @Max(100_000)
    int ratePerSecond();

    /** How long the dialogue with the mail server may last, from connecting to its last reply. */
    @WithDefault("30s")
    Duration timeout();

    /**
     * How long a mail is tried again that the mail server defers, from its first hand-over; the pauses between are the queue's. The next
     * time that it is deferred after that, its report has failed. A report of last week is no news two days later.
     */
    @WithDefault("24h")
    @DurationMin(seconds = 1)
    Duration deferFor();

    /** What becomes of a mail of which nobody can tell whether it went out. */
    @WithDefault("resend")
    OnUnknown onUnknown();

    /** The files of one mail, before base64 makes them a third larger. A report above it fails with that reason. */
    @WithDefault("10M")
    MemorySize maxAttachmentBytes();

    /** The policy for the outcome {@code unknown}. */
    enum OnUnknown {
        /** Once more, with the same Message-ID; after a second unknown it is held. */
        RESEND,
        /** The report ends as unknown, and somebody decides. */
        HOLD
    }
}

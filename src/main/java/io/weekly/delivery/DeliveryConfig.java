package io.weekly.delivery;

import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Duration;

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

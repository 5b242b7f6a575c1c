package io.weekly.delivery;

import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithConverter;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMin;

/** {@code weekly.delivery.*} */
@ConfigMapping(prefix = "weekly.delivery")
public interface DeliveryConfig {

    /**
     * The sender of all mails: {@code reports@acme.test} or {@code Weekly Reports <reports@acme.test>}. The name of a tenant replaces the
     * name.
     */
    @WithDefault("reports@localhost")
    @WithConverter(SenderAddress.Reader.class)
    SenderAddress from();

    /** How many mails per second all processes together hand to the mail server. */
    @WithDefault("25")
    @Min(1)
    @Max(100_000)
    int ratePerSecond();

    /** How long a dialogue with the mail server may last, from the connection to the last reply. */
    @WithDefault("30s")
    Duration timeout();

    /**
     * How long a deferred mail is tried again, from its first dialogue. The pauses are those of the queue. If the mail is deferred again
     * after this time, the report fails. The reason for a limit: a report that is days late is of no use.
     */
    @WithDefault("24h")
    @DurationMin(seconds = 1)
    Duration deferFor();

    /**
     * How long mails to a domain are paused that refused the sender five times in a row. Then one mail is a probe. The pause doubles with
     * each probe, up to {@link #maxDomainPause}.
     */
    @WithDefault("1m")
    @DurationMin(millis = 1)
    Duration domainPause();

    /** The longest time between two probes of a paused domain. */
    @WithDefault("1h")
    @DurationMin(millis = 1)
    Duration maxDomainPause();

    /** What happens to a mail if it is unknown whether it was sent. */
    @WithDefault("resend")
    OnUnknown onUnknown();

    /**
     * The largest size of all files of a mail together, as the mail has them: encoded with base64, in lines. A larger report is sent with a
     * link instead.
     */
    @WithDefault("10M")
    MemorySize maxAttachmentBytes();

    /** The policy for the outcome {@code unknown}. */
    enum OnUnknown {
        /** Send it once more, with the same Message-ID. After a second unknown outcome it is held. */
        RESEND,
        /** Do not send it again: the report ends as unknown, and a person decides. */
        HOLD
    }
}

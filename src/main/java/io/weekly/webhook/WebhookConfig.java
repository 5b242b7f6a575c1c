package io.weekly.webhook;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithConverter;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;

/** {@code weekly.webhook.*} */
@ConfigMapping(prefix = "weekly.webhook")
public interface WebhookConfig {

    /** Whether endpoints may have plain {@code http} addresses. For dev mode and tests, and for a relay in the same private network. */
    @WithDefault("false")
    boolean allowHttp();

    /**
     * Ranges of private or special addresses that endpoints may have all the same, such as {@code 10.1.2.0/24,fd00:1::/64}. Without a
     * value, endpoints must have public addresses.
     */
    Optional<List<@WithConverter(AddressRange.Reader.class) AddressRange>> allowedPrivate();

    /** How many endpoints a tenant can have. */
    @WithDefault("10")
    @Min(1)
    @Max(100)
    int maxPerTenant();

    /** How many endpoints one process sends to at the same time. A tenant has at most four of these places. */
    @WithDefault("64")
    @Min(1)
    @Max(1000)
    int concurrency();

    /**
     * How long a request may take, from the connection to the answer: its status, and the start of its body if it is no 2xx. The lookup of
     * the host comes before and has 5 seconds of its own.
     */
    @WithDefault("15s")
    @DurationMin(seconds = 1)
    @DurationMax(seconds = 30)
    Duration timeout();

    /** How long messages are signed with the old secret too after a rotation. */
    @WithDefault("24h")
    @DurationMin(minutes = 1)
    @DurationMax(days = 30)
    Duration rotationOverlap();

    /** How long messages that were received are kept. */
    @WithDefault("7d")
    @DurationMin(hours = 1)
    @DurationMax(days = 90)
    Duration keepSent();

    /** How long messages that were given up are kept, and messages that wait for an endpoint that is disabled. */
    @WithDefault("30d")
    @DurationMin(days = 2)
    @DurationMax(days = 90)
    Duration keepFailed();
}

package io.weekly.api.http;

import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.Optional;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;

/** {@code weekly.http.*}: what the service tells browsers, and how long it waits for clients. */
@ConfigMapping(prefix = "weekly.http")
interface HttpConfig {

    /**
     * How long browsers must use HTTPS only for this host (RFC 6797, HTTP Strict Transport Security). Without a value, the header is not
     * sent, because the service cannot know whether its host answers over HTTPS.
     */
    Optional<@DurationMin(seconds = 0) @DurationMax(days = 3650) Duration> hstsMaxAge();

    /** How long a client may take to send the head (first line and headers) of the first request on a connection. */
    @WithDefault("20s")
    @DurationMin(seconds = 1)
    @DurationMax(minutes = 10)
    Duration headTimeout();

    /**
     * How long a connection is kept after a response, until the head of the next request has arrived. It should be longer than that of a
     * load balancer in front, which would otherwise use connections that the service closes.
     */
    @WithDefault("75s")
    @DurationMin(seconds = 1)
    @DurationMax(hours = 1)
    Duration keepAliveTimeout();

    /** How long a client may take to send a body, at whatever rate. */
    @WithDefault("30s")
    @DurationMin(seconds = 1)
    @DurationMax(hours = 1)
    Duration bodyTimeout();

    /** How many bytes a second of a longer body must arrive on average, after that time. */
    @WithDefault("1K")
    MemorySize minBodyBytesPerSecond();
}

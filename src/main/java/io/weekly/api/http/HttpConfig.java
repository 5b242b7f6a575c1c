package io.weekly.api.http;

import io.smallrye.config.ConfigMapping;
import java.time.Duration;
import java.util.Optional;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;

/** {@code weekly.http.*}: what the service tells browsers. */
@ConfigMapping(prefix = "weekly.http")
interface HttpConfig {

    /**
     * How long browsers must use HTTPS only for this host (RFC 6797, HTTP Strict Transport Security). Without a value, the header is not
     * sent, because the service cannot know whether its host answers over HTTPS.
     */
    Optional<@DurationMin(seconds = 0) @DurationMax(days = 3650) Duration> hstsMaxAge();
}

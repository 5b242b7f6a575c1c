package io.weekly.access;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;

/** {@code weekly.token-keys.*}: the key set of the token issuer, if {@code mp.jwt.verify.publickey.location} is an http address. */
@ConfigMapping(prefix = "weekly.token-keys")
public interface TokenKeysConfig {

    /** How often the key set is read. A new or withdrawn key takes effect after this time, and at most five seconds later. */
    @WithDefault("50s")
    @DurationMin(seconds = 5)
    @DurationMax(hours = 1)
    Duration refreshInterval();

    /** How long the known keys are valid after the key set was read for the last time: the longest outage of the issuer. */
    @WithDefault("2h")
    @DurationMin(minutes = 1)
    @DurationMax(days = 7)
    Duration maxAge();

    /** How long one read may take. */
    @WithDefault("5s")
    @DurationMin(millis = 100)
    @DurationMax(minutes = 1)
    Duration timeout();
}

package io.weekly.access;

import java.time.Duration;

/** The default settings, with a time limit of its own for one read. */
record KeysConfig(Duration timeout) implements TokenKeysConfig {

    @Override
    public Duration refreshInterval() {
        return Duration.ofSeconds(50);
    }

    @Override
    public Duration maxAge() {
        return Duration.ofHours(2);
    }
}

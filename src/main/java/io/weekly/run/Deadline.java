package io.weekly.run;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;

/** When a run has to have balanced: so long after the end of its window. */
@ApplicationScoped
class Deadline {

    private final RunConfig config;

    Deadline(RunConfig config) {
        this.config = config;
    }

    /** @param begun when its jobs could begin: its start, or its approval */
    Instant of(Instant begun, int windowMinutes) {
        return begun.plus(Duration.ofMinutes(windowMinutes)).plus(config.deadline());
    }
}

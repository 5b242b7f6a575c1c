package io.weekly.run;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;

/** Computes the deadline of a run: {@code weekly.run.deadline} after the end of its window. At this time the run must balance. */
@ApplicationScoped
class Deadline {

    private final RunConfig config;

    Deadline(RunConfig config) {
        this.config = config;
    }

    /** @param begun the start of the window: the start of the run, or its release */
    Instant of(Instant begun, int windowMinutes) {
        return begun.plus(Duration.ofMinutes(windowMinutes)).plus(config.deadline());
    }
}

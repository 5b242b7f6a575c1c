package io.weekly.run;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;

/** Computes the deadline of a run, by which it must balance: a configured time after the end of its window. */
@ApplicationScoped
class Deadline {

    private final RunConfig config;

    Deadline(RunConfig config) {
        this.config = config;
    }

    /** @param begun when its jobs could begin: the start of the run, or its release */
    Instant of(Instant begun, int windowMinutes) {
        return begun.plus(Duration.ofMinutes(windowMinutes)).plus(config.deadline());
    }
}

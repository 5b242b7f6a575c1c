package io.weekly.dev;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** Polls for things outside the JVM that do not report when they are ready. */
final class Polling {
    private static final long INTERVAL_NANOS = Duration.ofMillis(25).toNanos();

    private Polling() {
    }

    /** Whether the condition became true in time. */
    static boolean until(Duration atMost, BooleanSupplier condition) {
        return forValue(atMost, () -> condition.getAsBoolean() ? Optional.of(true) : Optional.empty()).isPresent();
    }

    /** The first value; empty if there was none in time. */
    static <T> Optional<T> forValue(Duration atMost, Supplier<Optional<T>> attempt) {
        long deadline = System.nanoTime() + atMost.toNanos();
        Optional<T> value = attempt.get();
        while (value.isEmpty() && System.nanoTime() < deadline && !Thread.currentThread().isInterrupted()) {
            LockSupport.parkNanos(INTERVAL_NANOS);
            value = attempt.get();
        }
        return value;
    }
}

package io.weekly.dev;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** Looks again every few milliseconds, for things outside the JVM that tell nobody when they are ready. */
final class Waiting {
    private static final long PAUSE_NANOS = Duration.ofMillis(25).toNanos();

    private Waiting() {
    }

    static boolean until(Duration atMost, BooleanSupplier condition) {
        return forValue(atMost, () -> condition.getAsBoolean() ? Optional.of(true) : Optional.empty()).isPresent();
    }

    static <T> Optional<T> forValue(Duration atMost, Supplier<Optional<T>> attempt) {
        long deadline = System.nanoTime() + atMost.toNanos();
        Optional<T> value = attempt.get();
        while (value.isEmpty() && System.nanoTime() < deadline && !Thread.currentThread().isInterrupted()) {
            LockSupport.parkNanos(PAUSE_NANOS);
            value = attempt.get();
        }
        return value;
    }
}

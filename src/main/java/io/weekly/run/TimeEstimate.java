package io.weekly.run;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Estimates how long work still takes, at its pace so far. */
final class TimeEstimate {

    private TimeEstimate() {}

    /**
     * Seconds until all has ended, rounded up as a person would: to 5 s up to a minute, to 30 s up to ten minutes, then to minutes.
     * The coarse steps also keep the ETag of a run from changing with every request. Null if nothing has ended yet, or if the process
     * that started the run has a clock that is ahead of ours.
     */
    static @Nullable Long secondsLeft(int all, int ended, Duration elapsed) {
        if (ended == 0 || elapsed.isNegative()) {
            return null;
        }
        var seconds = (long) Math.ceil(elapsed.toMillis() / 1000.0 * (all - ended) / ended);
        var step = seconds <= 60 ? 5 : seconds <= 600 ? 30 : 60;
        return (seconds + step - 1) / step * step;
    }
}

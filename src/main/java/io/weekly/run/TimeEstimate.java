package io.weekly.run;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Estimates how long work still takes, at its pace so far. */
final class TimeEstimate {

    private TimeEstimate() {}

    /**
     * Seconds until all reports have ended, rounded up: to 5 s up to one minute, to 30 s up to ten minutes, then to minutes. Because of the
     * rounding, the ETag of a run does not change with every request. Null if no report has ended yet, or if the run has a start time in
     * the future because the clock of another process is ahead.
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

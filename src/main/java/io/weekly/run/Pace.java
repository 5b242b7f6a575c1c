package io.weekly.run;

import java.time.Duration;

/** How long work will still take, at the pace that it has had so far. */
final class Pace {

    private Pace() {}

    /**
     * Seconds until all has ended, rounded up to what a person would say: whole fives up to a minute, half minutes up to ten, minutes
     * after that. Coarse also so that the state of a run does not become another one each time somebody asks. Null where nothing has
     * ended yet, and where the run was started by a process whose clock is ahead of ours.
     */
    static Long secondsLeft(int all, int ended, Duration sinceItBegan) {
        if (ended == 0 || sinceItBegan.isNegative()) {
            return null;
        }
        var seconds = (long) Math.ceil(sinceItBegan.toMillis() / 1000.0 * (all - ended) / ended);
        var step = seconds <= 60 ? 5 : seconds <= 600 ? 30 : 60;
        return (seconds + step - 1) / step * step;
    }
}

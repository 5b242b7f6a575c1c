package io.weekly.queue;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import io.quarkus.runtime.annotations.RegisterForReflection;

/**
 * What one process, or several processes together, did in one lane in the last minute.
 *
 * @param running stages under way now; jobs that wait in the buffer do not count
 * @param finished stages that ended; a stage that will be tried again does not count
 * @param failed how many of the finished stages failed
 * @param waits how long the claimed jobs had waited
 */
@RegisterForReflection // written as JSON into the row of a worker
@JsonIgnoreProperties(ignoreUnknown = true) // a newer version of the service may write more fields
public record LaneFigures(int running, int finished, int failed, WaitHistogram waits) {

    static final LaneFigures NONE = new LaneFigures(0, 0, 0, WaitHistogram.NONE);

    /** @param waits null in a row of a version that does not write it */
    public LaneFigures {
        waits = waits == null ? WaitHistogram.NONE : waits;
    }

    LaneFigures plus(LaneFigures more) {
        return new LaneFigures(
                running + more.running, finished + more.finished, failed + more.failed, waits.plus(more.waits));
    }
}

package io.weekly.queue;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import io.quarkus.runtime.annotations.RegisterForReflection;

/**
 * What one process did in one lane, or several together, in the last minute.
 *
 * @param running stages under way now, without what is leased and waits in the buffer
 * @param finished stages that ended for good, whatever their end; one that is tried again has not ended
 * @param failed those of them that failed
 * @param waits of what was claimed
 */
@RegisterForReflection // in the text of a worker's row
@JsonIgnoreProperties(ignoreUnknown = true) // a newer version beside this one may say more
public record LaneFigures(int running, int finished, int failed, WaitHistogram waits) {

    static final LaneFigures NONE = new LaneFigures(0, 0, 0, WaitHistogram.NONE);

    public LaneFigures {
        waits = waits == null ? WaitHistogram.NONE : waits;
    }

    LaneFigures plus(LaneFigures more) {
        return new LaneFigures(
                running + more.running, finished + more.finished, failed + more.failed, waits.plus(more.waits));
    }
}

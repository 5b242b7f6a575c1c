package io.weekly.queue;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * Notifies the heartbeat of this process after this process has paused or resumed a lane and committed the change. Other processes read the
 * change with their next heartbeat.
 */
@ApplicationScoped
class LaneSignal {

    private final List<Runnable> listeners = new CopyOnWriteArrayList<>();

    /** Calls the listener whenever a lane may have been paused or resumed. */
    void listen(Runnable listener) {
        listeners.add(listener);
    }

    void changed() {
        listeners.forEach(Runnable::run);
    }
}

package io.weekly.queue;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Tells this process that it paused or resumed a lane and committed that. Other processes read it with their next heartbeat. */
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

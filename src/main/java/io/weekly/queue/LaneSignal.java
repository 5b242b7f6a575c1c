package io.weekly.queue;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Tells this process that a lane was paused or resumed by it, after that was committed; other processes learn it by their next beat. */
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

package io.weekly.queue;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

/** Tells the lanes of this process that a job became ready, after its transaction was committed; other processes poll. */
@ApplicationScoped
public class JobSignal {

    private final Map<Lane, List<Runnable>> listeners = new EnumMap<>(Map.of(
            Lane.GENERATE, new CopyOnWriteArrayList<>(),
            Lane.DELIVER, new CopyOnWriteArrayList<>()));

    /** Calls the listener whenever the lane may have work. */
    public void listen(Lane lane, Runnable listener) {
        listeners.get(lane).add(listener);
    }

    /** The lane may have work now. */
    public void ready(Lane lane) {
        listeners.get(lane).forEach(Runnable::run);
    }
}

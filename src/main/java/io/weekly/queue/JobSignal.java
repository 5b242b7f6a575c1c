package io.weekly.queue;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Wakes the lanes of this process when a job has become ready and its transaction is committed. Other processes poll. */
@ApplicationScoped
public class JobSignal {

    private final List<Runnable> generate = new CopyOnWriteArrayList<>();
    private final List<Runnable> deliver = new CopyOnWriteArrayList<>();

    /** Calls the listener whenever the lane may have work. */
    public void listen(Lane lane, Runnable listener) {
        listeners(lane).add(listener);
    }

    /** The lane may have work now. */
    public void ready(Lane lane) {
        listeners(lane).forEach(Runnable::run);
    }

    private List<Runnable> listeners(Lane lane) {
        return switch (lane) {
            case GENERATE -> generate;
            case DELIVER -> deliver;
        };
    }
}

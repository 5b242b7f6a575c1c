package io.weekly.worker;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.weekly.delivery.HandOver;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.random.RandomGenerator;
import org.jboss.logging.Logger;

/**
 * The places of this process' deliver lane: as many as the mail server takes, at most {@code weekly.worker.max-deliveries}. What an answer of
 * the server means for them, {@link HandOver#sign} says; what they become by it, {@link CongestionWindow}; here it is told, as a meter and
 * in two lines of the log. Called from the lane and from the dialogues.
 */
@ApplicationScoped
class DeliverPlaces {

    private static final Logger LOG = Logger.getLogger("io.weekly.delivery");
    /** A server that goes up and down is told of once in this time. */
    private static final Duration QUIET = Duration.ofMinutes(1);

    private final CongestionWindow window;
    private long toldAt = System.nanoTime() - QUIET.toNanos();
    private boolean toldOfLess;

    DeliverPlaces(WorkerConfig config, MeterRegistry meters) {
        this.window = new CongestionWindow(config.maxDeliveries(), config.maxBackoff(), RandomGenerator.getDefault());
        Gauge.builder("weekly.deliver.places", this, places -> places.now().count())
                .description("Mails that this process may hand over at once: what the mail server takes; 0 while it waits for it")
                .register(meters);
    }

    synchronized Places now() {
        if (window.isWaiting(System.nanoTime())) {
            return Places.NONE;
        }
        return new Places(window.size(), !window.isProbing());
    }

    /** What a stage that begins now belongs to. */
    synchronized int round() {
        return window.round();
    }

    /** A dialogue with the mail server ended, of a stage that began in that round. */
    synchronized void ended(int round, HandOver handOver) {
        switch (handOver.sign()) {
            case TAKES -> taken(round);
            case REFUSES -> refused(round);
            case NONE -> {}
        }
    }

    private void taken(int round) {
        window.taken(round);
        if (toldOfLess && window.isLargest()) {
            toldOfLess = false;
            LOG.infof("the mail server takes mails again: the deliver lane has all of its %d places", window.size());
        }
    }

    /** Without the server's words, which may quote an address: the deliveries have them. */
    private void refused(int round) {
        var now = System.nanoTime();
        if (window.refused(round, now) && window.isSmallest() && !toldOfLess && now - toldAt >= QUIET.toNanos()) {
            toldOfLess = true;
            toldAt = now;
            LOG.warn("the mail server refuses service: the deliver lane is down to one mail at a time, until it takes more; the"
                    + " deliveries have its replies");
        }
    }
}

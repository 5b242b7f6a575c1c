package io.weekly.worker;

import io.weekly.delivery.HandOver;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * The slots of the deliver lane of this process: as many as the mail server accepts, at most {@code weekly.worker.max-deliveries}.
 * {@link HandOver#sign} says what the end of a dialogue means for the slots. {@link CongestionWindow} computes their number. All methods
 * that change it are synchronized, because the lane and the dialogues call them.
 */
@ApplicationScoped
class DeliverSlots {

    /** If a server refuses and recovers again and again, it is logged at most once in this time. */
    private static final Duration MIN_TIME_BETWEEN_REPORTS = Duration.ofMinutes(1);

    private final CongestionWindow window;
    private final WorkerEvents events;
    private long reportedAt = System.nanoTime() - MIN_TIME_BETWEEN_REPORTS.toNanos();
    private boolean refusalReported;

    DeliverSlots(WorkerConfig config, WorkerEvents events) {
        this.window = new CongestionWindow(config.maxDeliveries(), config.maxBackoff(), RandomGenerator.getDefault());
        this.events = events;
        events.deliverSlotsCreated(this::now);
    }

    synchronized Slots now() {
        if (window.isWaiting(System.nanoTime())) {
            return Slots.NONE;
        }
        return new Slots(window.size(), !window.isProbing());
    }

    /** The round of a stage that begins now. */
    synchronized int round() {
        return window.round();
    }

    /** A dialogue with the mail server ended; its stage began in that round. */
    synchronized void dialogueEnded(int round, HandOver handOver) {
        switch (handOver.sign()) {
            case TAKES -> taken(round);
            case REFUSES -> refused(round, handOver.reply());
            case NONE -> {}
        }
    }

    private void taken(int round) {
        window.taken(round);
        if (refusalReported && window.isLargest()) {
            refusalReported = false;
            events.mailServerRecovered(window.size());
        }
    }

    private void refused(int round, String reply) {
        var now = System.nanoTime();
        if (window.refused(round, now) && window.isSmallest() && !refusalReported
                && now - reportedAt >= MIN_TIME_BETWEEN_REPORTS.toNanos()) {
            refusalReported = true;
            reportedAt = now;
            events.mailServerRefuses(reply);
        }
    }
}

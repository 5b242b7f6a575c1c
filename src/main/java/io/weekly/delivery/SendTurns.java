package io.weekly.delivery;

import io.smallrye.mutiny.Uni;
import io.weekly.delivery.SendRate.SendTime;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/**
 * The send times that this process has taken and not used yet. Each dialogue uses one, right before its command MAIL ({@link SendTurn}). So
 * the time for the connection, for TLS and for the login does not move a mail to another second.
 *
 * <p>A time belongs to no mail: the first dialogue that is ready uses the earliest one. If a dialogue ends before MAIL, its time is used by
 * another, or it passes. If a dialogue is ready and no time is left, it takes a new one. So there is never more than one mail for a time.
 * There are at most as many times as mails that were begun within {@link SendRate#MAX_WAIT}.
 */
@Singleton
class SendTurns {

    private final SendRate rate;
    private final Deque<SendTime> times = new ArrayDeque<>();

    @Inject
    SendTurns(SendRate rate) {
        this.rate = rate;
    }

    /** One more dialogue may begin to send its mail at this time. */
    synchronized void add(SendTime time) {
        times.removeIf(SendRate::isLate);
        times.addLast(time);
    }

    /**
     * Ends when a dialogue may begin to send its mail.
     *
     * @return false if no time comes within {@link SendRate#MAX_WAIT}: then the mail must not be sent
     */
    Uni<Boolean> next() {
        return Uni.createFrom().deferred(() -> earliest().map(rate::await).orElseGet(rate::awaitNew));
    }

    private synchronized Optional<SendTime> earliest() {
        times.removeIf(SendRate::isLate);
        return Optional.ofNullable(times.pollFirst());
    }
}

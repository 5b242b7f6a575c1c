package io.weekly.webhook;

import java.util.Optional;

/**
 * The messages of one claim. It stops if the endpoint fails several times in a row, asks for a pause or wants no more messages, and when
 * the turn of the endpoint is over. What was not sent is due again at once.
 */
final class SendingRound {

    private final long deadline;
    private int failures;
    private boolean paused;

    /** @param deadline until when attempts may begin, by {@link System#nanoTime} */
    SendingRound(long deadline) {
        this.deadline = deadline;
    }

    /**
     * A message whose turn is over.
     *
     * @param answer empty if it was not sent
     */
    record Ended(OutgoingMessage message, Optional<Answer> answer) {}

    /** Whether the next message may be sent. */
    synchronized boolean mayGoOn() {
        return !paused && failures < EndpointHealth.FAILING_AFTER && System.nanoTime() - deadline < 0;
    }

    synchronized Ended ended(OutgoingMessage message, Answer answer) {
        switch (answer) {
            case Answer.Received _ -> failures = 0;
            case Answer.Gone _ -> paused = true;
            case Answer.Failed failed -> {
                failures++;
                paused |= failed.retryAfter().isPresent();
            }
        }
        return new Ended(message, Optional.of(answer));
    }

    Ended notSent(OutgoingMessage message) {
        return new Ended(message, Optional.empty());
    }
}

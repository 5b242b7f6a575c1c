package io.weekly.webhook;

/**
 * A message that this process works on.
 *
 * @param attempt the number of this attempt, from 1
 */
record OutgoingMessage(String id, String payload, int attempt) {

    /** The header {@code webhook-id}, by which a receiver knows a message that comes again. */
    String headerId() {
        return "msg_" + id;
    }
}

package io.weekly.webhook;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A message to an endpoint, as the API returns it.
 *
 * @param id the header {@code webhook-id} is {@code msg_} and this id, the same in all attempts
 * @param type the event
 * @param attempts how many have ended
 * @param nextAttemptAt when it is sent, or sent again; null if it is not pending. While an attempt runs, it is the time after which another
 *     process would try again
 * @param status the HTTP status of the last answer; null without one
 * @param answer the start of the body of the last answer, or why there was none
 * @param endedAt when it was sent or given up; null while it is pending
 */
public record WebhookMessage(
        String id,
        String type,
        MessageState state,
        int attempts,
        @Nullable Instant nextAttemptAt,
        @Nullable Integer status,
        @Nullable String answer,
        Instant createdAt,
        @Nullable Instant endedAt) {

    /** Whether it is not sent any more, unless somebody asks for it. */
    @JsonProperty
    public boolean done() {
        return state != MessageState.PENDING;
    }
}

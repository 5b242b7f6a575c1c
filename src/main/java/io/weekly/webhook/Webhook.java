package io.weekly.webhook;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An endpoint as the API returns it. It never has the secret, except in the answer to the request in which the service made it.
 *
 * @param enabled whether it gets messages
 * @param previousSecretUntil until when messages are signed with the secret before the last rotation too; null if they are not
 * @param failingSince when the first of the failed attempts in a row was; null after a success
 * @param lastError why the last attempt failed; null after a success
 * @param secret the secret that the service has made, once; else absent
 */
public record Webhook(
        String id,
        String url,
        List<WebhookEvent> events,
        boolean enabled,
        EndpointState state,
        @Nullable Instant previousSecretUntil,
        @Nullable Instant failingSince,
        @Nullable String lastError,
        Instant createdAt,
        @JsonInclude(Include.NON_NULL) @Nullable String secret) {

    /** The same with the secret, for the one answer that shows it. */
    public Webhook withSecret(WebhookSecret made) {
        return new Webhook(
                id, url, events, enabled, state, previousSecretUntil, failingSince, lastError, createdAt, made.reveal());
    }

    @Override
    public String toString() {
        return "webhook " + id;
    }
}

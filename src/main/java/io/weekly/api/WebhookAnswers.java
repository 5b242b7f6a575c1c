package io.weekly.api;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.smallrye.mutiny.Uni;
import io.weekly.api.http.IdempotentRequests;
import io.weekly.audit.Sha256;
import io.weekly.webhook.Webhook;
import io.weekly.webhook.WebhookSecret;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Answers requests for new endpoints and new secrets. With an Idempotency-Key, the database stores the answer for a day. So the stored
 * answer has no secret: only the first answer shows it, and only if the service has made it.
 */
@ApplicationScoped
class WebhookAnswers {

    private final IdempotentRequests idempotent;
    private final ObjectMapper json;

    WebhookAnswers(IdempotentRequests idempotent, ObjectMapper json) {
        this.idempotent = idempotent;
        this.json = json;
    }

    /**
     * @param body what is compared with an earlier request, without the secret; empty if there is nothing else
     * @param given the secret of the request; null if the service made one
     * @param work answers with a {@link Webhook}
     */
    Uni<Response> answer(Object body, @Nullable WebhookSecret given, WebhookSecret secret, Supplier<Uni<Response>> work) {
        var fingerprint = given == null ? "" : Sha256.hex(given.reveal().getBytes(StandardCharsets.UTF_8));
        var first = new AtomicBoolean();
        return idempotent.answer(List.of(body, fingerprint), () -> work.get().invoke(() -> first.set(true)))
                .map(answer -> given == null && first.get() ? withSecret(answer, secret) : answer);
    }

    private Response withSecret(Response answer, WebhookSecret secret) {
        return Response.fromResponse(answer)
                .entity(webhook(answer.getEntity()).withSecret(secret))
                .type(MediaType.APPLICATION_JSON)
                .build();
    }

    /** With an Idempotency-Key the first answer has the bytes of its JSON too. */
    private Webhook webhook(Object entity) {
        try {
            return entity instanceof byte[] stored ? json.readValue(stored, Webhook.class) : (Webhook) entity;
        } catch (IOException e) {
            throw new UncheckedIOException("the answer is no webhook", e);
        }
    }
}

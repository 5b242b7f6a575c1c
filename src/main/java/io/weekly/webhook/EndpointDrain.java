package io.weekly.webhook;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.weekly.webhook.DueEndpoints.Due;
import io.weekly.webhook.MessageClaims.Claim;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/**
 * Sends what is due for one endpoint: claims some messages, sends a few of them at a time, writes how they ended, and claims the next ones
 * until nothing is due or the endpoint fails.
 */
@ApplicationScoped
class EndpointDrain {

    /** How many messages are claimed together. */
    static final int BATCH = 64;
    /** How many requests to an endpoint run at the same time in this process. */
    private static final int CONCURRENCY = 4;
    /** Then the endpoint gives its slot to others for a moment. */
    private static final int MAX_ROUNDS = 100;
    /** Endings are written together, so that a fast endpoint costs few transactions. */
    private static final int WRITTEN_TOGETHER = 32;
    private static final Duration WRITTEN_AFTER = Duration.ofMillis(500);
    /** No message is sent in the last part of the lease, which is for its attempt and for writing its ending. */
    static final Duration LEASE = Duration.ofMinutes(3);
    static final Duration MARGIN = Duration.ofMinutes(1);

    private final MessageClaims claims;
    private final WebhookClient client;
    private final AttemptEndings endings;

    EndpointDrain(MessageClaims claims, WebhookClient client, AttemptEndings endings) {
        this.claims = claims;
        this.client = client;
        this.endings = endings;
    }

    /** @param stopped whether this process is about to end: then nothing more is claimed */
    Uni<Void> drain(Due endpoint, BooleanSupplier stopped) {
        return Multi.createBy()
                .repeating()
                .uni(() -> stopped.getAsBoolean()
                        ? Uni.createFrom().item(false)
                        : claims.claim(endpoint.tenantId(), endpoint.webhookId(), BATCH, LEASE).flatMap(this::send))
                .whilst(goesOn -> goesOn)
                .select()
                .first(MAX_ROUNDS)
                .collect()
                .last()
                .replaceWithVoid();
    }

    /** Whether there may be more to send now. */
    private Uni<Boolean> send(Optional<Claim> found) {
        if (found.isEmpty()) {
            return Uni.createFrom().item(false);
        }
        var claim = found.get();
        var round = new SendingRound(LEASE.minus(MARGIN));
        return Multi.createFrom()
                .iterable(claim.messages())
                .onItem()
                .transformToUni(message -> round.mayGoOn()
                        ? client.send(claim.endpoint(), message).map(answer -> round.ended(message, answer))
                        : Uni.createFrom().item(round.notSent(message)))
                .merge(CONCURRENCY)
                .group()
                .intoLists()
                .of(WRITTEN_TOGETHER, WRITTEN_AFTER)
                // The time passes while earlier endings are written. There are at most as many lists as messages.
                .onOverflow()
                .buffer(BATCH)
                .onItem()
                .transformToUniAndConcatenate(ended -> endings.write(claim, ended))
                .collect()
                .last()
                .map(_ -> round.mayGoOn() && claim.messages().size() == BATCH);
    }
}

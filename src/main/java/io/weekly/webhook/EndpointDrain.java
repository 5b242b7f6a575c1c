package io.weekly.webhook;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.weekly.webhook.DueEndpoints.Due;
import io.weekly.webhook.MessageClaims.Claim;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/**
 * Sends what is due for one endpoint: claims some messages, sends a few of them at a time, writes how they ended, and claims the next ones
 * until nothing is due, the endpoint fails, or its turn is over.
 */
@ApplicationScoped
class EndpointDrain {

    /** How many messages are claimed together. */
    static final int BATCH = 64;
    /** How many requests to an endpoint run at the same time in this process. */
    private static final int CONCURRENCY = 4;
    /** After this time no message is sent any more, so the slot is soon free for another endpoint. */
    private static final Duration TURN = Duration.ofSeconds(10);
    /** Endings are written together, so that a fast endpoint costs few transactions. */
    private static final int WRITTEN_TOGETHER = 32;
    private static final Duration WRITTEN_AFTER = Duration.ofMillis(500);
    /** Much longer than a turn: the rest is for the last attempts and for writing their endings. */
    private static final Duration LEASE = Duration.ofMinutes(3);

    private final MessageClaims claims;
    private final WebhookClient client;
    private final AttemptEndings endings;
    private final Duration turn;

    @Inject
    EndpointDrain(MessageClaims claims, WebhookClient client, AttemptEndings endings) {
        this(claims, client, endings, TURN);
    }

    /** @param turn how long a drain sends messages, at most two minutes, because of the lease */
    EndpointDrain(MessageClaims claims, WebhookClient client, AttemptEndings endings, Duration turn) {
        this.claims = claims;
        this.client = client;
        this.endings = endings;
        this.turn = turn;
    }

    /** @param stopped whether this process is about to end: then nothing more is claimed */
    Uni<Void> drain(Due endpoint, BooleanSupplier stopped) {
        var end = System.nanoTime() + turn.toNanos();
        return Multi.createBy()
                .repeating()
                .uni(() -> stopped.getAsBoolean()
                        ? Uni.createFrom().item(false)
                        : claims.claim(endpoint.tenantId(), endpoint.webhookId(), BATCH, LEASE)
                                .flatMap(found -> send(found, end)))
                .whilst(goesOn -> goesOn)
                .collect()
                .last()
                .replaceWithVoid();
    }

    /** Whether there may be more to send now. */
    private Uni<Boolean> send(Optional<Claim> found, long end) {
        if (found.isEmpty()) {
            return Uni.createFrom().item(false);
        }
        var claim = found.get();
        var round = new SendingRound(end);
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

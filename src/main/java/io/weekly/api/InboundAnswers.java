package io.weekly.api;

import io.smallrye.mutiny.Uni;
import io.weekly.access.ClientAddress;
import io.weekly.access.RefusedAccess.Reason;
import io.weekly.access.RequestLimits;
import io.weekly.api.http.ProblemException;
import io.weekly.api.http.Refusals;
import io.weekly.delivery.inbound.InboundEvent;
import io.weekly.delivery.inbound.InboundEvents;
import io.weekly.delivery.inbound.InboundResult;
import io.weekly.delivery.inbound.RequestSignature;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the endpoints for events of mail systems have in common: signatures, refusals and answers. */
@ApplicationScoped
class InboundAnswers {

    /** Longer than a dialogue with the mail server usually lasts. */
    private static final int RETRY_SECONDS = 20;

    private final InboundEvents events;
    private final RequestLimits limits;
    private final Refusals refusals;
    private final Clock clock;

    InboundAnswers(InboundEvents events, RequestLimits limits, Refusals refusals, Clock clock) {
        this.events = events;
        this.limits = limits;
        this.refusals = refusals;
        this.clock = clock;
    }

    /**
     * Returns the body if one of the secrets signed it. Without secrets the endpoint does not exist. Fails with a 404, 403 or 429.
     *
     * @param signature the header of the request; null if it has none
     */
    byte[] signed(byte @Nullable [] body, @Nullable String signature, List<String> secrets, ClientAddress client) {
        if (secrets.isEmpty()) {
            throw ProblemException.notFound();
        }
        var bytes = body == null ? new byte[0] : body;
        if (!RequestSignature.isValid(signature, bytes, secrets, clock.instant())) {
            throw refused(client);
        }
        return bytes;
    }

    /** A request that nobody signed, or somebody else: a 403, or a 429 after too many of them. */
    ProblemException refused(ClientAddress client) {
        return limits.failure(client)
                .map(InboundAnswers::tooMany)
                .orElseGet(() -> {
                    refusals.record(Reason.INVALID_SIGNATURE);
                    return ProblemException.notSigned();
                });
    }

    /** A request whose signature could not be checked now: this problem, or a 429 after too many of them. */
    ProblemException unchecked(ProblemException problem, ClientAddress client) {
        return limits.failure(client).map(InboundAnswers::tooMany).orElse(problem);
    }

    private static ProblemException tooMany(Duration wait) {
        return ProblemException.tooMany("Too many requests from this address have no valid signature.", wait);
    }

    /** Applies the events. If one is too early, the answer is a 503, and the sender sends all of them again: the others are known then. */
    Uni<InboundAnswer> apply(List<InboundEvent> received) {
        return events.applyAll(received).map(results -> {
            if (results.contains(InboundResult.TOO_EARLY)) {
                throw ProblemException.busy("A mail of these events is being sent at the moment. Send the events again.", RETRY_SECONDS);
            }
            return InboundAnswer.of(results);
        });
    }
}

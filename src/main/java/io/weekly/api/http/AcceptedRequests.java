package io.weekly.api.http;

import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Answers POSTs that start long work: with a 202 and the address where the client can poll the state. Such a request is idempotent. */
@ApplicationScoped
public class AcceptedRequests {

    private final IdempotentRequests requests;
    private final StatusPolling polling;

    AcceptedRequests(IdempotentRequests requests, StatusPolling polling) {
        this.requests = requests;
        this.polling = polling;
    }

    /**
     * Starts the work, or repeats the answer to an earlier request with the same {@code Idempotency-Key}.
     *
     * @param body the request's body, see {@link IdempotentRequests#answer}
     * @param start starts the work and returns its state
     * @param location the address of the work
     */
    public <T> Uni<Response> answer(@Nullable Object body, Supplier<Uni<T>> start, Function<T, URI> location) {
        return requests.answer(body, () -> start.get().map(work -> polling.accepted(location.apply(work), work)));
    }
}

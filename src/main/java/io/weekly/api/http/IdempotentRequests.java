package io.weekly.api.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.vertx.http.runtime.CurrentVertxRequest;
import io.smallrye.mutiny.Uni;
import io.weekly.access.IdempotencyKeys;
import io.weekly.access.IdempotencyKeys.Answer;
import io.weekly.access.IdempotencyKeys.Outcome;
import io.weekly.access.RequestAccess;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Executes requests with an {@code Idempotency-Key} once. A repeated request gets the first response again. */
@ApplicationScoped
public class IdempotentRequests {

    /** The header with the client's key. */
    public static final String HEADER = "Idempotency-Key";
    /** The response header that marks a repeated response. */
    public static final String REPLAYED = "Idempotency-Replayed";

    private static final Pattern KEY = Pattern.compile("[\\x21-\\x7e][\\x20-\\x7e]{0,254}");

    private final IdempotencyKeys keys;
    private final ObjectMapper json;
    private final RequestAccess access;
    private final CurrentVertxRequest request;

    IdempotentRequests(IdempotencyKeys keys, ObjectMapper json, RequestAccess access, CurrentVertxRequest request) {
        this.keys = keys;
        this.json = json;
        this.access = access;
        this.request = request;
    }

    /**
     * The response of the work, or the stored response if the same request was answered before. Without a key the work always runs.
     *
     * @param body the content to be compared with the earlier request; null if the path is enough
     * @param work must include every check whose result can change, because a stored response is repeated even if the data have changed
     * since
     */
    public Uni<Response> answer(@Nullable Object body, Supplier<Uni<Response>> work) {
        var http = request.getCurrent().request();
        var key = http.getHeader(HEADER);
        if (key == null) {
            return work.get();
        }
        if (!KEY.matcher(key).matches()) {
            throw ProblemException.badRequest("%s must have 1 to 255 printable ASCII characters.".formatted(HEADER));
        }
        var route = http.method().name() + " " + request.getCurrent().normalizedPath();
        var keyed = new IdempotencyKeys.Request(access.caller(), route, key, bytes(body));
        return keys.executeOnce(keyed, () -> work.get().map(this::answer)).map(IdempotentRequests::response);
    }

    private static Response response(Outcome outcome) {
        return switch (outcome) {
            case Outcome.New first -> response(first.answer()).build();
            case Outcome.Replayed replayed -> response(replayed.answer()).header(REPLAYED, "true").build();
            case Outcome.BodyMismatch _ -> throw ProblemException.invalid(
                    HEADER, "was used with another body; a new request needs a new key");
            case Outcome.InProgress _ -> throw ProblemException.inProgress(
                    "A request with this %s is still under way; ask again in a moment.".formatted(HEADER));
        };
    }

    private static Response.ResponseBuilder response(Answer answer) {
        var response = Response.status(answer.status());
        answer.headers().forEach(response::header);
        return answer.body().isEmpty()
                ? response
                : response.type(MediaType.APPLICATION_JSON).entity(answer.body().getBytes(StandardCharsets.UTF_8));
    }

    private Answer answer(Response response) {
        Map<String, String> headers = new LinkedHashMap<>();
        response.getStringHeaders().forEach((name, values) -> {
            if (!name.equalsIgnoreCase("Content-Type")) {
                headers.put(name, values.getFirst());
            }
        });
        var body = response.getEntity() == null ? "" : new String(bytes(response.getEntity()), StandardCharsets.UTF_8);
        return new Answer(response.getStatus(), headers, body);
    }

    private byte[] bytes(@Nullable Object record) {
        try {
            return record == null ? new byte[0] : json.writeValueAsBytes(record);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a record could not be written as JSON", e);
        }
    }
}

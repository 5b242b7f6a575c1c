package io.weekly.api.upload;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.weekly.api.http.BodyLimits;
import io.weekly.api.http.JsonErrors;
import io.weekly.api.http.Problem.Invalid;
import io.weekly.api.http.ProblemException;
import io.weekly.api.http.Validation;
import io.weekly.api.upload.LineSplitter.Line;
import io.weekly.api.upload.Upload.Accepted;
import io.weekly.api.upload.Upload.Rejection;
import io.weekly.text.Ellipsis;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.core.MediaType;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

/**
 * Reads bodies with one JSON object in each line ({@code application/x-ndjson}) as they arrive. Holds only the current chunk. While a chunk
 * is being stored, TCP flow control makes the client wait. Lines are parsed on a worker thread. Parsing takes about 25 µs for each line, so
 * on the event loop a chunk would delay other requests by more than ten milliseconds.
 */
@ApplicationScoped
public class Uploads {

    /** The media type of an upload. */
    public static final String MEDIA_TYPE = BodyLimits.UPLOAD;

    /** Lines in a chunk. Storing one is a transaction of some ten milliseconds. */
    public static final int CHUNK = 500;

    /** The timeout for storing a chunk, so that a client does not wait for ever if the database does not answer. */
    public static final Duration CHUNK_TIMEOUT = Duration.ofMinutes(1);

    private static final Logger LOG = Logger.getLogger(Uploads.class);
    /** The most pieces of about 8 KB that wait for the worker thread. */
    private static final int PIECES_AHEAD = 4;
    /** A line can have many errors; the first ones are enough for its author. */
    private static final int MAX_ERROR_CHARACTERS = 300;

    private final ObjectMapper json;
    private final Validation validation;
    private final long maxBytes;

    Uploads(
            ObjectMapper json,
            Validation validation,
            @ConfigProperty(name = "quarkus.http.limits.max-body-size") MemorySize maxBytes) {
        this.json = json;
        this.validation = validation;
        this.maxBytes = maxBytes.asLongValue();
    }

    /**
     * The chunks of the body, in order. Fails with a 415 if the body is not plain UTF-8, and with a 413 if it becomes too large; earlier
     * chunks have been emitted by then. If the body breaks off within a line, that line is not emitted.
     */
    public <T> Multi<Upload<T>> read(HttpServerRequest request, Class<T> type) {
        refuseOtherEncodings(request);
        var lines = new LineSplitter();
        var ended = pieces(request)
                .emitOn(Infrastructure.getDefaultWorkerPool(), PIECES_AHEAD)
                .onItem()
                .transformToIterable(lines::cut);
        var last = Multi.createFrom().deferred(() -> Multi.createFrom().iterable(lines.last()));
        return Multi.createBy()
                .concatenating()
                .streams(ended, last)
                .map(line -> read(line, type))
                .group()
                .intoLists()
                .of(CHUNK)
                .map(Uploads::chunk);
    }

    private static void refuseOtherEncodings(HttpServerRequest request) {
        var encoding = request.getHeader(HttpHeaders.CONTENT_ENCODING);
        if (encoding != null && !encoding.isBlank() && !encoding.strip().equalsIgnoreCase("identity")) {
            var only = Map.<String, Object>of("Accept-Encoding", "identity");
            throw ProblemException.unsupported("A body with a Content-Encoding cannot be read; send it as it is.", only);
        }
        var type = request.getHeader(HttpHeaders.CONTENT_TYPE);
        if (type == null) {
            throw ProblemException.unsupported("The body must say that it is %s.".formatted(MEDIA_TYPE), Map.of());
        }
        var charset = MediaType.valueOf(type).getParameters().get("charset");
        if (charset != null && !charset.equalsIgnoreCase("utf-8") && !charset.equalsIgnoreCase("utf8")) {
            throw ProblemException.unsupported("The body must be UTF-8.", Map.of());
        }
    }

    private Multi<byte[]> pieces(HttpServerRequest request) {
        var sum = new long[1];
        return io.vertx.mutiny.core.http.HttpServerRequest.newInstance(request)
                .toMulti()
                .onFailure()
                .transform(failure -> {
                    LOG.infof("an upload broke off after %d bytes: %s", sum[0], failure.getMessage());
                    return ProblemException.badRequest("The body broke off after %d bytes.".formatted(sum[0]));
                })
                .map(piece -> piece.getBytes())
                .invoke(bytes -> {
                    sum[0] += bytes.length;
                    if (sum[0] > maxBytes) {
                        throw ProblemException.tooLarge("The body is larger than %d bytes.".formatted(maxBytes));
                    }
                });
    }

    private sealed interface Result<T> {
        record Valid<T>(Accepted<T> line) implements Result<T> {}

        record Rejected<T>(Rejection line) implements Result<T> {}
    }

    private <T> Result<T> read(Line line, Class<T> type) {
        if (isWide(line)) {
            throw ProblemException.unsupported("The body is UTF-16 or UTF-32; it must be UTF-8.", Map.of());
        }
        if (line.isTooLong()) {
            return rejected(line, "is longer than %d bytes".formatted(LineSplitter.MAX_LINE_BYTES));
        }
        try {
            var item = json.readValue(text(line), type);
            var errors = item == null ? List.of(new Invalid("", "must be one JSON object")) : validation.errors(item);
            return errors.isEmpty() ? new Result.Valid<>(new Accepted<>(line.number(), item)) : rejected(line, message(errors));
        } catch (CharacterCodingException e) {
            return rejected(line, "is not UTF-8");
        } catch (JsonProcessingException e) {
            return rejected(line, message(e));
        }
    }

    /**
     * Whether the body is UTF-16 or UTF-32, by its first bytes (RFC 4627, section 3). Otherwise each line would be rejected without a clear
     * reason.
     */
    private static boolean isWide(Line line) {
        var bytes = line.bytes();
        if (line.number() > 1 || bytes.length < 2) {
            return false;
        }
        var mark = (bytes[0] & 0xff) << 8 | bytes[1] & 0xff;
        return mark == 0xfeff || mark == 0xfffe || bytes[0] == 0 || bytes[1] == 0;
    }

    /** Decodes strictly: Jackson would guess the encoding of the bytes and accept some invalid ones. */
    private static String text(Line line) throws CharacterCodingException {
        return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(line.bytes())).toString();
    }

    private static <T> Result<T> rejected(Line line, String error) {
        return new Result.Rejected<>(new Rejection(line.number(), Ellipsis.shorten(error, MAX_ERROR_CHARACTERS)));
    }

    private static String message(JsonProcessingException failure) {
        return JsonErrors.syntax(failure).orElseGet(() -> {
            var problem = JsonErrors.problem(failure);
            return problem.errors().isEmpty() ? "is not one JSON object" : message(problem.errors());
        });
    }

    private static String message(List<Invalid> errors) {
        return errors.stream()
                .map(error -> (error.field() + " " + error.message()).strip())
                .collect(Collectors.joining("; "));
    }

    private static <T> Upload<T> chunk(List<Result<T>> lines) {
        var accepted = new ArrayList<Accepted<T>>();
        var rejected = new ArrayList<Rejection>();
        for (var line : lines) {
            switch (line) {
                case Result.Valid<T> valid -> accepted.add(valid.line());
                case Result.Rejected<T> invalid -> rejected.add(invalid.line());
            }
        }
        return new Upload<>(accepted, rejected);
    }
}

package io.weekly.api.upload;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.weekly.api.http.BodyLimits;
import io.weekly.api.http.Problem.Invalid;
import io.weekly.api.http.Refusal;
import io.weekly.api.http.UnreadableJson;
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
 * Reads bodies of one JSON object a line ({@code application/x-ndjson}) as they arrive. Nothing but the chunk at hand is held: while
 * it is being stored the client waits, by TCP's own means. Lines are read on a worker thread, 25 µs each: on the event loop a chunk
 * would keep other requests waiting for some ten milliseconds.
 */
@ApplicationScoped
public class Uploads {

    public static final String MEDIA_TYPE = BodyLimits.UPLOAD;

    /** Lines a chunk: one transaction of some ten milliseconds. */
    public static final int CHUNK = 500;

    /** What storing a chunk may take: a database that says nothing must not keep the client waiting for ever. */
    public static final Duration PATIENCE = Duration.ofMinutes(1);

    private static final Logger LOG = Logger.getLogger(Uploads.class);
    /** Pieces of some 8 KB that may wait for the worker thread. */
    private static final int PIECES_AHEAD = 4;
    /** A line can have as many errors as it has room for; whoever reads them needs the first. */
    private static final int LONGEST_ERROR = 300;

    private final ObjectMapper json;
    private final Validation invalids;
    private final long mostBytes;

    Uploads(
            ObjectMapper json,
            Validation invalids,
            @ConfigProperty(name = "quarkus.http.limits.max-body-size") MemorySize mostBytes) {
        this.json = json;
        this.invalids = invalids;
        this.mostBytes = mostBytes.asLongValue();
    }

    /**
     * The body's chunks, in order. Fails with a 415 where the body is not plain UTF-8, and with a 413 where it grows too large; what
     * came before that has been handed on by then. A line that the body breaks off in is not handed on.
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
            throw Refusal.unsupported("A body with a Content-Encoding cannot be read; send it as it is.", only);
        }
        var type = request.getHeader(HttpHeaders.CONTENT_TYPE);
        if (type == null) {
            throw Refusal.unsupported("The body must say that it is %s.".formatted(MEDIA_TYPE), Map.of());
        }
        var charset = MediaType.valueOf(type).getParameters().get("charset");
        if (charset != null && !charset.equalsIgnoreCase("utf-8") && !charset.equalsIgnoreCase("utf8")) {
            throw Refusal.unsupported("The body must be UTF-8.", Map.of());
        }
    }

    private Multi<byte[]> pieces(HttpServerRequest request) {
        var sum = new long[1];
        return io.vertx.mutiny.core.http.HttpServerRequest.newInstance(request)
                .toMulti()
                .onFailure()
                .transform(failure -> {
                    LOG.infof("an upload broke off after %d bytes: %s", sum[0], failure.getMessage());
                    return Refusal.badRequest("The body broke off after %d bytes.".formatted(sum[0]));
                })
                .map(piece -> piece.getBytes())
                .invoke(bytes -> {
                    sum[0] += bytes.length;
                    if (sum[0] > mostBytes) {
                        throw Refusal.tooLarge("The body is larger than %d bytes.".formatted(mostBytes));
                    }
                });
    }

    /** What a line was: exactly one of the two. */
    private record Read<T>(Accepted<T> accepted, Rejection rejection) {}

    private <T> Read<T> read(Line line, Class<T> type) {
        if (isWide(line)) {
            throw Refusal.unsupported("The body is UTF-16 or UTF-32; it must be UTF-8.", Map.of());
        }
        if (line.isTooLong()) {
            return rejected(line, "is longer than %d bytes".formatted(LineSplitter.LONGEST_BYTES));
        }
        try {
            var item = json.readValue(text(line), type);
            var errors = item == null ? List.of(new Invalid("", "must be one JSON object")) : invalids.of(item);
            return errors.isEmpty() ? new Read<>(new Accepted<>(line.number(), item), null) : rejected(line, words(errors));
        } catch (CharacterCodingException e) {
            return rejected(line, "is not UTF-8");
        } catch (JsonProcessingException e) {
            return rejected(line, words(e));
        }
    }

    /** Each of its lines would be refused, for a reason that says nothing: the body's first bytes tell (RFC 4627, section 3). */
    private static boolean isWide(Line line) {
        var bytes = line.bytes();
        if (line.number() > 1 || bytes.length < 2) {
            return false;
        }
        var mark = (bytes[0] & 0xff) << 8 | bytes[1] & 0xff;
        return mark == 0xfeff || mark == 0xfffe || bytes[0] == 0 || bytes[1] == 0;
    }

    /** Jackson would guess the encoding of bytes, and let some through that are none. */
    private static String text(Line line) throws CharacterCodingException {
        return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(line.bytes())).toString();
    }

    private static <T> Read<T> rejected(Line line, String error) {
        return new Read<>(null, new Rejection(line.number(), Ellipsis.shorten(error, LONGEST_ERROR)));
    }

    private static String words(JsonProcessingException failure) {
        return UnreadableJson.syntax(failure).orElseGet(() -> {
            var refusal = UnreadableJson.refusal(failure);
            return refusal.errors().isEmpty() ? "is not one JSON object" : words(refusal.errors());
        });
    }

    private static String words(List<Invalid> errors) {
        return errors.stream()
                .map(error -> (error.field() + " " + error.message()).strip())
                .collect(Collectors.joining("; "));
    }

    private static <T> Upload<T> chunk(List<Read<T>> lines) {
        var accepted = new ArrayList<Accepted<T>>();
        var rejected = new ArrayList<Rejection>();
        for (var line : lines) {
            if (line.rejection() == null) {
                accepted.add(line.accepted());
            } else {
                rejected.add(line.rejection());
            }
        }
        return new Upload<>(accepted, rejected);
    }
}

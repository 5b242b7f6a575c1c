package io.weekly.api;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.mutiny.Multi;
import io.vertx.core.http.HttpServerRequest;
import io.weekly.api.Lines.Line;
import io.weekly.api.Problem.Invalid;
import io.weekly.api.Upload.Rejection;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * Reads bodies of one JSON object a line ({@code application/x-ndjson}) as they arrive. Nothing but the chunk at hand is held: while
 * it is being stored the client waits, by TCP's own means.
 */
@ApplicationScoped
class Uploads {

    static final String MEDIA_TYPE = "application/x-ndjson";

    /** Lines a chunk: one transaction of some ten milliseconds. */
    static final int CHUNK = 500;

    private final ObjectMapper json;
    private final Invalids invalids;
    private final long mostBytes;

    Uploads(
            ObjectMapper json,
            Invalids invalids,
            @ConfigProperty(name = "quarkus.http.limits.max-body-size") MemorySize mostBytes) {
        this.json = json;
        this.invalids = invalids;
        this.mostBytes = mostBytes.asLongValue();
    }

    /** The body's chunks, in order. Fails with a 413 where it grows too large; what came before has been handed on by then. */
    <T> Multi<Upload<T>> read(HttpServerRequest request, Class<T> type) {
        var lines = new Lines();
        var ended = pieces(request).onItem().transformToIterable(lines::cut);
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

    private Multi<byte[]> pieces(HttpServerRequest request) {
        var sum = new long[1];
        return io.vertx.mutiny.core.http.HttpServerRequest.newInstance(request)
                .toMulti()
                .map(piece -> piece.getBytes())
                .invoke(bytes -> {
                    sum[0] += bytes.length;
                    if (sum[0] > mostBytes) {
                        throw Refusal.tooLarge("The body is larger than %d bytes.".formatted(mostBytes));
                    }
                });
    }

    /** What a line was: exactly one of the two. */
    private record Read<T>(T item, Rejection rejection) {}

    private <T> Read<T> read(Line line, Class<T> type) {
        try {
            if (line.isTooLong()) {
                return rejected(line, "is longer than %d bytes".formatted(Lines.LONGEST_BYTES));
            }
            var item = json.readValue(text(line), type);
            var errors = item == null ? List.of(new Invalid("", "must be one JSON object")) : invalids.of(item);
            return errors.isEmpty() ? new Read<>(item, null) : rejected(line, words(errors));
        } catch (CharacterCodingException e) {
            return rejected(line, "is not UTF-8");
        } catch (JsonProcessingException e) {
            return rejected(line, words(UnreadableJson.refusal(e)));
        }
    }

    /** Jackson would guess the encoding of bytes, and let some through that are none. */
    private static String text(Line line) throws CharacterCodingException {
        return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(line.bytes())).toString();
    }

    private static <T> Read<T> rejected(Line line, String error) {
        return new Read<>(null, new Rejection(line.number(), error));
    }

    private static String words(Refusal refusal) {
        return refusal.errors().isEmpty() ? "is not one JSON object" : words(refusal.errors());
    }

    private static String words(List<Invalid> errors) {
        return errors.stream()
                .map(error -> (error.field() + " " + error.message()).strip())
                .collect(Collectors.joining("; "));
    }

    private static <T> Upload<T> chunk(List<Read<T>> lines) {
        var items = new ArrayList<T>();
        var rejected = new ArrayList<Rejection>();
        for (var line : lines) {
            if (line.rejection() == null) {
                items.add(line.item());
            } else {
                rejected.add(line.rejection());
            }
        }
        return new Upload<>(items, rejected);
    }
}

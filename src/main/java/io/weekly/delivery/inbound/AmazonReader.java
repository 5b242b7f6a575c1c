package io.weekly.delivery.inbound;

import io.smallrye.mutiny.Uni;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import io.vertx.mutiny.core.Vertx;
import io.vertx.mutiny.core.buffer.Buffer;
import io.vertx.mutiny.core.http.HttpClient;
import io.vertx.mutiny.core.http.HttpClientResponse;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** Reads from Amazon: one GET without redirects and retries, bounded in time and size. TLS checks the host. */
@ApplicationScoped
class AmazonReader {

    private static final int MAX_BYTES = 64 * 1024;
    private static final Duration TIMEOUT = Duration.ofSeconds(5);
    private static final int MAX_CONNECTIONS = 4;
    private static final int MAX_WAITING = 20;

    private final HttpClient client;
    private final AmazonRoute route;

    AmazonReader(Vertx vertx, AmazonRoute route) {
        this.route = route;
        this.client = vertx.createHttpClient(new HttpClientOptions()
                .setConnectTimeout((int) TIMEOUT.toMillis())
                .setIdleTimeout((int) TIMEOUT.toMillis())
                .setIdleTimeoutUnit(TimeUnit.MILLISECONDS)
                .setMaxPoolSize(MAX_CONNECTIONS)
                .setMaxWaitQueueSize(MAX_WAITING)
                .setKeepAlive(false));
    }

    /** The body of the answer. Fails if it is no 200, is too large, or does not come in time. */
    Uni<byte[]> read(AmazonAddress address) {
        var options = new RequestOptions()
                .setMethod(HttpMethod.GET)
                .setAbsoluteURI(route.to(address))
                .setFollowRedirects(false)
                .setTimeout(TIMEOUT.toMillis());
        return client.request(options)
                .flatMap(sent -> sent.send()
                        .flatMap(AmazonReader::body)
                        .onFailure()
                        .invoke(() -> sent.reset())
                        .onCancellation()
                        .invoke(() -> sent.reset()))
                .ifNoItem()
                .after(TIMEOUT)
                .failWith(() -> new IOException("no answer within %s".formatted(TIMEOUT)))
                .map(Buffer::getBytes);
    }

    private static Uni<Buffer> body(HttpClientResponse response) {
        // A reset also reports to the answer. Without a handler there, the client would log an error.
        response.exceptionHandler(reset -> {});
        if (response.statusCode() != 200) {
            return Uni.createFrom().failure(new IOException("it answered %d".formatted(response.statusCode())));
        }
        return response.toMulti().collect().in(Buffer::buffer, AmazonReader::append);
    }

    private static void append(Buffer sum, Buffer piece) {
        if (sum.length() + piece.length() > MAX_BYTES) {
            throw new IllegalStateException("it answered with more than %d bytes".formatted(MAX_BYTES));
        }
        sum.appendBuffer(piece);
    }
}

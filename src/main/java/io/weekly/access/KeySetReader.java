package io.weekly.access;

import io.smallrye.jwt.auth.principal.JWTAuthContextInfo;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Future;
import io.vertx.core.VertxException;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.PemTrustOptions;
import io.vertx.core.net.ProxyOptions;
import io.vertx.mutiny.core.Vertx;
import io.vertx.mutiny.core.buffer.Buffer;
import io.vertx.mutiny.core.http.HttpClient;
import io.vertx.mutiny.core.http.HttpClientResponse;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Reads the key set of the token issuer over HTTP: one request, without a retry. */
@ApplicationScoped
class KeySetReader {

    private static final int MAX_BYTES = 1024 * 1024;
    private static final int MAX_REDIRECTS = 3;
    private static final Set<Integer> REDIRECTS = Set.of(301, 302, 303, 307, 308);

    private final HttpClient client;
    private final Duration timeout;

    /** Uses the certificate and the proxy of {@code smallrye.jwt.*}, as the library did when it read the keys itself. */
    KeySetReader(Vertx vertx, JWTAuthContextInfo settings, TokenKeysConfig config) {
        this.timeout = config.timeout();
        this.client = HttpClient.newInstance(vertx.getDelegate().httpClientBuilder().with(options(settings)
                .setConnectTimeout((int) timeout.toMillis())
                .setMaxRedirects(MAX_REDIRECTS)
                // The time limit of a request ends with the headers of its answer. This one ends a body that stops.
                .setIdleTimeout((int) timeout.toMillis())
                .setIdleTimeoutUnit(TimeUnit.MILLISECONDS)
                .setMaxPoolSize(1)
                .setKeepAlive(false))
                .withRedirectHandler(this::redirect)
                .build());
    }

    /**
     * Follows a redirect unless it leads to an address without encryption, or to no address. Null: the status of the redirect is the
     * answer. This method must not fail: the client would never end the request.
     */
    private @Nullable Future<RequestOptions> redirect(io.vertx.core.http.HttpClientResponse response) {
        var address = response.getHeader("Location");
        if (address == null || !REDIRECTS.contains(response.statusCode())) {
            return null;
        }
        try {
            var next = URI.create(response.request().absoluteURI()).resolve(address).toString();
            return KeyAddress.isTrusted(next) ? Future.succeededFuture(request(next)) : null;
        } catch (IllegalArgumentException | VertxException _) {
            return null; // the Location is no address
        }
    }

    private RequestOptions request(String address) {
        return new RequestOptions()
                .setMethod(HttpMethod.GET)
                .setAbsoluteURI(address)
                .setFollowRedirects(true)
                .setTimeout(timeout.toMillis())
                .putHeader("Accept", "application/jwk-set+json, application/json");
    }

    private static HttpClientOptions options(JWTAuthContextInfo settings) {
        var options = new HttpClientOptions();
        if (settings.getTlsCertificatePath() != null) {
            options.setTrustOptions(new PemTrustOptions().addCertPath(settings.getTlsCertificatePath()));
        }
        if (settings.getHttpProxyHost() != null) {
            options.setProxyOptions(new ProxyOptions().setHost(settings.getHttpProxyHost()).setPort(settings.getHttpProxyPort()));
        }
        return options;
    }

    /** The text of the key set. Fails if the issuer does not answer 200 in time, or with more than a megabyte. */
    Uni<String> read(String address) {
        return client.request(request(address))
                .flatMap(sent -> sent.send()
                        .flatMap(KeySetReader::body)
                        // Otherwise the only connection would stay in use, and no later read could begin.
                        .onFailure()
                        .invoke(() -> sent.reset())
                        .onCancellation()
                        .invoke(() -> sent.reset()))
                .ifNoItem()
                .after(timeout)
                .failWith(() -> new IOException("no answer within %s".formatted(timeout)));
    }

    private static Uni<String> body(HttpClientResponse response) {
        // A reset also reports to the answer. Without a handler there, the client would log an error beside the one of this read.
        response.exceptionHandler(reset -> {});
        if (response.statusCode() != 200) {
            return Uni.createFrom().failure(new IOException("it answered %d".formatted(response.statusCode())));
        }
        return response.toMulti().collect().in(Buffer::buffer, KeySetReader::append).map(Buffer::toString);
    }

    private static void append(Buffer sum, Buffer piece) {
        if (sum.length() + piece.length() > MAX_BYTES) {
            throw new IllegalStateException("it answered with more than %d bytes".formatted(MAX_BYTES));
        }
        sum.appendBuffer(piece);
    }
}

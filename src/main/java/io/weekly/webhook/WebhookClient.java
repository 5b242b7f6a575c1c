package io.weekly.webhook;

import io.smallrye.mutiny.Uni;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.SocketAddress;
import io.weekly.webhook.EndpointAddresses.Found;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Optional;
import java.util.concurrent.TimeoutException;

/**
 * Sends one message in one request. The name of the host is looked up and checked for each request, and the connection goes to the address
 * that was checked. The certificate must be one for the name. Redirects are not followed, connections are not kept, and of an answer only
 * the first bytes are read.
 */
@ApplicationScoped
class WebhookClient {

    private static final int GONE = 410;
    private static final int CONNECT_MILLIS = 5000;
    /** Enough for all requests of this process to one host, so that one tenant's requests do not wait for another's to the same host. */
    private static final int MAX_CONNECTIONS = 5000;

    private final Vertx vertx;
    private final HttpClient client;
    private final EndpointAddresses addresses;
    private final WebhookConfig config;
    private final Clock clock;

    @Inject
    WebhookClient(Vertx vertx, EndpointAddresses addresses, WebhookConfig config, Clock clock) {
        this(vertx, new HttpClientOptions(), addresses, config, clock);
    }

    /** @param options with the certificates to trust; by default those of the JDK */
    WebhookClient(Vertx vertx, HttpClientOptions options, EndpointAddresses addresses, WebhookConfig config, Clock clock) {
        this.vertx = vertx;
        this.client = vertx.createHttpClient(options
                .setKeepAlive(false)
                .setMaxPoolSize(MAX_CONNECTIONS)
                .setConnectTimeout(CONNECT_MILLIS)
                .setDecompressionSupported(false)
                .setVerifyHost(true));
        this.addresses = addresses;
        this.config = config;
        this.clock = clock;
    }

    @PreDestroy
    void close() {
        client.close();
    }

    /** Sends the message. Never fails: whatever goes wrong is an {@link Answer}. */
    Uni<Answer> send(Endpoint endpoint, OutgoingMessage message) {
        return switch (WebhookUrl.parse(endpoint.url(), config.allowHttp())) {
            case WebhookUrl.Parsed.Invalid invalid -> Uni.createFrom().item(failed("the address " + invalid.reason()));
            case WebhookUrl.Parsed.Valid(var url) -> addresses.find(url.host())
                    .flatMap(found -> switch (found) {
                        case Found.Allowed(var address) -> request(url, address.getHostAddress(), endpoint, message);
                        case Found.Refused _ -> Uni.createFrom().item(
                                failed("the host has a private or special address, so nothing was sent"));
                        case Found.Unknown _ -> Uni.createFrom().item(failed("the host has no address now"));
                    });
        };
    }

    private Uni<Answer> request(WebhookUrl url, String address, Endpoint endpoint, OutgoingMessage message) {
        var body = message.payload().getBytes(StandardCharsets.UTF_8);
        var timestamp = clock.instant().getEpochSecond();
        var options = new RequestOptions()
                .setMethod(HttpMethod.POST)
                .setServer(SocketAddress.inetSocketAddress(url.port(), address))
                .setHost(url.host())
                .setPort(url.port())
                .setSsl(url.secure())
                .setURI(url.path())
                .setFollowRedirects(false)
                // RFC 9110, section 7.2: an IPv6 address has brackets here, and none for the certificate.
                .putHeader("host", url.authority())
                .putHeader("content-type", "application/json")
                .putHeader("user-agent", "Weekly-Reports-Webhooks")
                .putHeader("webhook-id", message.headerId())
                .putHeader("webhook-timestamp", Long.toString(timestamp))
                .putHeader("webhook-signature", Signature.header(endpoint.secrets(), message.headerId(), timestamp, body));
        var attempt = new Attempt();
        return Uni.createFrom()
                .completionStage(() -> client.request(options)
                        .compose(request -> attempt.begin(request).send(Buffer.buffer(body)))
                        .compose(this::answer)
                        .toCompletionStage())
                .ifNoItem().after(config.timeout()).failWith(TimeoutException::new)
                .onFailure().recoverWithItem(failure -> failed(NoAnswer.reason(failure, config.timeout())))
                .onTermination().invoke(attempt::close);
    }

    /** Runs on the event loop of the connection, so it sees the body from its start. */
    private Future<Answer> answer(HttpClientResponse response) {
        var status = response.statusCode();
        if (status >= 200 && status < 300) {
            return Future.succeededFuture(new Answer.Received(status));
        }
        return AnswerText.read(vertx, response).map(text -> switch (status) {
            case GONE -> new Answer.Gone(text);
            default -> new Answer.Failed(
                    status,
                    status >= 300 && status < 400 ? "redirects are not followed" : text,
                    RetryAfter.parse(response.getHeader("retry-after"), clock));
        });
    }

    private static Answer failed(String reason) {
        return new Answer.Failed(null, reason, Optional.empty());
    }
}

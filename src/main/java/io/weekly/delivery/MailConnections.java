package io.weekly.delivery;

import io.netty.channel.ChannelPipeline;
import io.smallrye.mutiny.Uni;
import io.vertx.core.impl.CloseFuture;
import io.vertx.core.impl.VertxInternal;
import io.vertx.core.impl.VertxWrapper;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetClientOptions;
import io.vertx.core.net.impl.NetClientImpl;
import io.vertx.core.spi.metrics.TCPMetrics;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The connections of the mail client to the mail server. They have two timeouts for which Quarkus has no setting, send lines in packets
 * ({@link LineCollector}), keep the replies of the server ({@link ReplyListener}), and hold each mail until its turn ({@link SendTurn}).
 *
 * <ul>
 * <li>A connection is closed when it is silent for longer than a dialogue may last. A dialogue that times out does not close its
 *     connection. Without this timeout, each mail to a server that stops answering would use a socket, and a connection of the client's
 *     pool, until TCP gives up.</li>
 * <li>The timeout for connecting is half of the timeout of the dialogue. So a failure to connect is recognised as such.</li>
 * </ul>
 */
@Singleton
class MailConnections {

    /** The dialogue times out first, so that {@link HandOver} sees a timeout and not a closed connection. */
    private static final Duration MARGIN = Duration.ofSeconds(5);

    private final Duration timeout;
    private final ServerReplies replies;
    private final Supplier<Uni<Boolean>> turns;

    @Inject
    MailConnections(DeliveryConfig config, ServerReplies replies, SendTurns turns) {
        this(config.timeout(), replies, turns::next);
    }

    /**
     * @param timeout the longest time of a dialogue
     * @param turns ends when the next mail may be sent; false if it must not be sent
     */
    MailConnections(Duration timeout, ServerReplies replies, Supplier<Uni<Boolean>> turns) {
        this.timeout = timeout;
        this.replies = replies;
        this.turns = turns;
    }

    /** A Vert.x for the mail client, which opens such connections. */
    VertxInternal vertx(VertxInternal vertx) {
        return new VertxWrapper(vertx) {
            @Override
            public NetClient createNetClient(NetClientOptions options) {
                return client(vertx, options(options));
            }
        };
    }

    private NetClientOptions options(NetClientOptions options) {
        return new NetClientOptions(options)
                // Less than the timeout of the dialogue: a failure to connect is seen as one, so the mail is certainly not out.
                .setConnectTimeout(Math.toIntExact(timeout.toMillis() / 2))
                .setIdleTimeout(Math.toIntExact(timeout.plus(MARGIN).toMillis()))
                .setIdleTimeoutUnit(TimeUnit.MILLISECONDS);
    }

    /** As {@code Vertx.createNetClient} does it. */
    private NetClient client(VertxInternal vertx, NetClientOptions options) {
        var metrics = vertx.metricsSPI() == null ? null : vertx.metricsSPI().createNetClientMetrics(options);
        var close = new CloseFuture();
        var client = new Client(vertx, metrics, options, close);
        close.add(client);
        vertx.addCloseHook(close);
        return client;
    }

    private final class Client extends NetClientImpl {

        Client(VertxInternal vertx, @Nullable TCPMetrics<?> metrics, NetClientOptions options, CloseFuture close) {
            super(vertx, metrics, options, close);
        }

        /** These handlers stand after that for TLS, which is the first one, and before that of the mail client. */
        @Override
        protected void initChannel(ChannelPipeline pipeline) {
            super.initChannel(pipeline);
            pipeline.addLast("lines", new LineCollector());
            var listener = new ReplyListener(replies);
            pipeline.addLast("replies", listener);
            pipeline.addLast("turn", new SendTurn(turns, listener));
        }
    }
}

package io.weekly.api.http;

import io.netty.channel.Channel;
import io.netty.channel.SingleThreadEventLoop;
import io.netty.handler.codec.http.websocketx.WebSocket08FrameDecoder;
import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.Future;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.Vertx;
import io.vertx.core.impl.VertxInternal;
import io.vertx.core.net.impl.ConnectionBase;
import io.vertx.ext.web.RoutingContext;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

/**
 * Closes connections of clients that send a request too slowly. Otherwise a few machines that send a byte every few seconds could use up
 * all connections (the attack is called Slowloris). Quarkus' own idle timeout does not end them, because each byte starts it again.
 *
 * <p>No filter runs before the head of a request has arrived, and Vert.x has no hook for a new connection. So once a second each event loop
 * looks through its own connections. An event loop has a few hundred of them at most, and looking at one takes less than a microsecond.
 */
@ApplicationScoped
class SlowClients {

    private static final Logger LOG = Logger.getLogger(SlowClients.class);
    /** Before all other filters. */
    private static final int FIRST = 5000;
    private static final long INTERVAL_SECONDS = 1;

    private final VertxInternal vertx;
    private final HttpConfig config;
    private final int managementPort;
    private final List<Future<?>> timers = new ArrayList<>();

    SlowClients(
            Vertx vertx, HttpConfig config, @ConfigProperty(name = "quarkus.management.port", defaultValue = "9000") int managementPort) {
        this.vertx = (VertxInternal) vertx;
        this.config = config;
        this.managementPort = managementPort;
    }

    void start(@Observes StartupEvent event) {
        for (EventExecutor executor : vertx.getEventLoopGroup()) {
            if (executor instanceof SingleThreadEventLoop loop) {
                var timer = loop.scheduleWithFixedDelay(() -> closeSlow(loop), INTERVAL_SECONDS, INTERVAL_SECONDS, TimeUnit.SECONDS);
                timer.addListener(SlowClients::ended);
                timers.add(timer);
            }
        }
    }

    /** Netty ends a timer whose task fails, and logs nothing. */
    private static void ended(Future<?> timer) {
        if (!timer.isCancelled()) {
            LOG.error("slow clients of one event loop are not closed any more, until the service is started again", timer.cause());
        }
    }

    @PreDestroy
    void stop() {
        timers.forEach(timer -> timer.cancel(false));
    }

    void register(@Observes Filters filters) {
        filters.register(this::watch, FIRST);
    }

    /** From here the head has arrived. The time for the next one begins when the response has been sent. */
    private void watch(RoutingContext request) {
        if (request.request().connection() instanceof ConnectionBase connection) {
            var client = ClientConnection.of(connection.channel(), System.nanoTime());
            var underWay = client.begin(request.request(), System.nanoTime());
            request.addEndHandler(_ -> client.end(underWay, System.nanoTime()));
        }
        request.next();
    }

    /** Runs on the event loop, so none of its connections changes meanwhile. */
    private void closeSlow(SingleThreadEventLoop loop) {
        var now = System.nanoTime();
        var slow = new ArrayList<Channel>();
        loop.registeredChannelsIterator().forEachRemaining(channel -> {
            if (isOfApi(channel) && ClientConnection.of(channel, now).isTooSlow(now, config)) {
                slow.add(channel);
            }
        });
        slow.forEach(Channel::close);
    }

    /** Not a connection that the service opened, not one that waits for clients, and not one of the management port. */
    private boolean isOfApi(Channel channel) {
        return channel.parent() != null
                && channel.localAddress() instanceof InetSocketAddress local
                && local.getPort() != managementPort
                && channel.pipeline().get(WebSocket08FrameDecoder.class) == null;
    }
}

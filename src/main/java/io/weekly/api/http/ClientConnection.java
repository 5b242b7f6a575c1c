package io.weekly.api.http;

import io.netty.channel.Channel;
import io.netty.util.AttributeKey;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/** How fast the client of one connection sends its requests. All times are of {@link System#nanoTime}. */
final class ClientConnection {

    /** A live reload of dev mode loads this class again, and connections survive it. So each loaded class has a key of its own. */
    private static final AttributeKey<ClientConnection> KEY =
            AttributeKey.valueOf(ClientConnection.class.getName() + "@" + System.identityHashCode(ClientConnection.class));
    private static final Pattern LENGTH = Pattern.compile("[0-9]{1,18}");
    private static final Set<HttpMethod> WITH_BODY = Set.of(HttpMethod.POST, HttpMethod.PUT);
    private static final double NANOS_PER_SECOND = TimeUnit.SECONDS.toNanos(1);

    /** HTTP/1.1 has one request under way, HTTP/2 a hundred at most. */
    private final Set<UnderWay> underWay = ConcurrentHashMap.newKeySet();
    private volatile long waitingSince;
    private volatile boolean hadRequest;

    private ClientConnection(long now) {
        this.waitingSince = now;
    }

    /** A request whose head has arrived, and whose response has not been sent. Two requests are never equal. */
    static final class UnderWay {
        private final HttpServerRequest request;
        private final long bytes;
        private final long since;

        private UnderWay(HttpServerRequest request, long since) {
            this.request = request;
            this.bytes = bytes(request);
            this.since = since;
        }

        /** The length of the body, as far as the head tells. */
        private static long bytes(HttpServerRequest request) {
            var length = request.getHeader(HttpHeaders.CONTENT_LENGTH);
            if (length != null) {
                return LENGTH.matcher(length).matches() ? Long.parseLong(length) : Long.MAX_VALUE;
            }
            // HTTP/2 needs no header for a body.
            var isHttp2WithBody = request.version() == HttpVersion.HTTP_2 && WITH_BODY.contains(request.method());
            return isHttp2WithBody || request.getHeader(HttpHeaders.TRANSFER_ENCODING) != null ? Long.MAX_VALUE : 0;
        }

        /** The request itself does not count as ended while the service has stopped to read it. */
        private boolean isComplete() {
            return request.bytesRead() >= bytes || request.isEnded();
        }
    }

    /** The state of this connection, which begins now if it has none. */
    static ClientConnection of(Channel channel, long now) {
        var state = channel.attr(KEY);
        var known = state.get();
        if (known != null) {
            return known;
        }
        var fresh = new ClientConnection(now);
        var other = state.setIfAbsent(fresh);
        return other == null ? fresh : other;
    }

    UnderWay begin(HttpServerRequest request, long now) {
        var begun = new UnderWay(request, now);
        underWay.add(begun);
        hadRequest = true;
        return begun;
    }

    void end(UnderWay ended, long now) {
        waitingSince = now;
        underWay.remove(ended);
    }

    boolean isTooSlow(long now, HttpConfig config) {
        if (underWay.isEmpty()) {
            var patience = hadRequest ? config.keepAliveTimeout() : config.headTimeout();
            return now - waitingSince > patience.toNanos();
        }
        return underWay.stream().anyMatch(it -> isBodyTooSlow(it, now, config));
    }

    /** A body has the time of the setting, and beyond it as long as its bytes arrive at the least rate on average. */
    private static boolean isBodyTooSlow(UnderWay it, long now, HttpConfig config) {
        var late = now - it.since - config.bodyTimeout().toNanos();
        return late > 0
                && !it.isComplete()
                && it.request.bytesRead() < late / NANOS_PER_SECOND * config.minBodyBytesPerSecond().asLongValue();
    }
}

package io.weekly.webhook;

import io.vertx.core.http.HttpClientRequest;
import org.jspecify.annotations.Nullable;

/** One request. Its connection is closed when the attempt is over, however it ended, even if it is established only then. */
final class Attempt {

    private @Nullable HttpClientRequest request;
    private boolean over;

    /** The request has a connection. Fails if the attempt is over. */
    synchronized HttpClientRequest begin(HttpClientRequest begun) {
        if (over) {
            begun.connection().close();
            throw new IllegalStateException("the attempt is over");
        }
        request = begun;
        return begun;
    }

    synchronized void close() {
        over = true;
        if (request != null) {
            request.connection().close();
        }
    }
}

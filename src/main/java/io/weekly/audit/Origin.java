package io.weekly.audit;

import io.smallrye.common.vertx.ContextLocals;
import io.smallrye.common.vertx.VertxContext;
import org.jspecify.annotations.Nullable;

/**
 * Where an event came from. Each request has its own origin, which is stored in the request's own Vert.x context: no other request and no
 * timer sees it. It does not end with the connection: a client that hangs up while its request is worked on has caused the event all the
 * same.
 *
 * @param client the address of the client; null in an event from before there were origins
 * @param requestId the id of the request, as the response and the log have it
 */
public record Origin(@Nullable String client, @Nullable String requestId) {

    /** In events of the service itself, and in events that do not say where they came from. */
    public static final Origin NONE = new Origin(null, null);

    private static final String KEY = Origin.class.getName();

    /** Everything that is written in the current Vert.x context from now on comes from there. Call it on a request's own context. */
    public static void begin(Origin origin) {
        ContextLocals.put(KEY, origin);
    }

    /** The origin of the current request; {@link #NONE} outside of requests. */
    public static Origin current() {
        return VertxContext.isOnDuplicatedContext() ? ContextLocals.<Origin>get(KEY).orElse(NONE) : NONE;
    }
}

package io.weekly.database;

import io.netty.channel.Channel;
import io.vertx.sqlclient.SqlConnection;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * The open connections of a pool. The client's pool cannot close idle connections. After a failover they would lead to the old primary for
 * as long as the process runs.
 */
final class OpenConnections {

    private enum State {
        IDLE,
        IN_USE,
        /** In use, and to be closed instead of returned. */
        UNWANTED
    }

    /** A server that does not answer a check may still finish what it has begun. */
    private static final Duration LAST_CHANCE = Duration.ofSeconds(10);

    private final Map<Channel, State> open = new HashMap<>();

    /** The pool has handed out the connection. */
    void borrowed(SqlConnection connection) {
        var socket = ClientSocket.of(connection).channel();
        boolean isNew;
        synchronized (this) {
            isNew = open.put(socket, State.IN_USE) == null;
        }
        if (isNew) {
            socket.closeFuture().addListener(_ -> closed(socket));
        }
    }

    private synchronized void closed(Channel socket) {
        open.remove(socket);
    }

    /** Returns the connection to the pool, or closes it if it is not wanted any more. The pool removes a closed connection. */
    void giveBack(SqlConnection connection) {
        var socket = ClientSocket.of(connection).channel();
        boolean wanted;
        synchronized (this) {
            wanted = open.replace(socket, State.IDLE) != State.UNWANTED;
        }
        if (wanted) {
            connection.close();
        } else {
            socket.close();
        }
    }

    /** Closes this connection, which is in use, when it is given back. */
    synchronized void discard(SqlConnection connection) {
        open.replace(ClientSocket.of(connection).channel(), State.UNWANTED);
    }

    /** Closes the idle connections now. Those in use are closed when their transaction has ended. */
    void discardAll() {
        synchronized (this) {
            open.replaceAll((_, state) -> state == State.IN_USE ? State.UNWANTED : state);
        }
        idle().forEach(Channel::close);
    }

    /** As {@link #discardAll}, and closes those that are still in use after ten seconds. Their statements fail. */
    void discardSilent() {
        var used = used();
        discardAll();
        used.forEach(socket -> socket.eventLoop().schedule(() -> closeIfUnwanted(socket), LAST_CHANCE.toMillis(), TimeUnit.MILLISECONDS));
    }

    private synchronized List<Channel> used() {
        return open.entrySet().stream().filter(it -> it.getValue() != State.IDLE).map(Map.Entry::getKey).toList();
    }

    private void closeIfUnwanted(Channel socket) {
        boolean unwanted;
        synchronized (this) {
            unwanted = open.get(socket) == State.UNWANTED;
        }
        if (unwanted) {
            socket.close();
        }
    }

    private synchronized List<Channel> idle() {
        return open.entrySet().stream().filter(it -> it.getValue() == State.IDLE).map(Map.Entry::getKey).toList();
    }
}

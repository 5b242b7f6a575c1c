package io.weekly.database;

import io.netty.channel.Channel;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.impl.SocketConnectionBase;
import io.vertx.sqlclient.impl.SqlConnectionInternal;

/** The socket under a connection of the pool. It stays the same each time that the pool hands the connection out. */
final class ConnectionSocket {

    private ConnectionSocket() {}

    static Channel of(SqlConnection connection) {
        if (connection instanceof SqlConnectionInternal pooled && pooled.unwrap().unwrap() instanceof SocketConnectionBase it) {
            // Not the socket's own close(): that waits until all data is sent.
            return it.socket().channelHandlerContext().channel();
        }
        throw new IllegalStateException("not a connection of the MySQL client: " + connection.getClass());
    }
}

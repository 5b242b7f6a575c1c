package io.weekly.database;

import io.netty.channel.ChannelHandlerContext;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.impl.Connection;
import io.vertx.sqlclient.impl.SocketConnectionBase;
import io.vertx.sqlclient.impl.SqlConnectionInternal;

/** The socket of a client's connection. The client has no public method that returns it. */
final class ClientSocket {

    private ClientSocket() {}

    /** The place of the connection in the pipeline of its socket. */
    static ChannelHandlerContext of(SqlConnection connection) {
        if (connection instanceof SqlConnectionInternal internal && innermost(internal.unwrap()) instanceof SocketConnectionBase it) {
            return it.socket().channelHandlerContext();
        }
        throw new IllegalStateException("not a connection of the MySQL client: " + connection.getClass());
    }

    private static Connection innermost(Connection connection) {
        var inner = connection.unwrap();
        return inner == connection ? connection : innermost(inner);
    }
}

package io.weekly.database;

import io.vertx.mysqlclient.MySQLException;
import io.vertx.sqlclient.ClosedConnectionException;
import java.io.IOException;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.nio.channels.ClosedChannelException;
import java.sql.SQLException;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Why a database does no work at all, or not this kind of work, whatever the statement is. All other failures belong to the statement: a
 * syntax error, a missing table, a deadlock.
 */
public enum DatabaseFault {
    /** There is no connection, or it was lost before the result arrived. */
    LOST,
    /** The server takes no writes: it is a replica, or it was the primary before a failover. */
    READ_ONLY,
    /** The server does not work for this user. Another connection may reach a server that does. */
    REFUSED,
    /** The server, or this user, has used up something, or something is missing. A new connection does not help. */
    EXHAUSTED;

    /** Messages of the client for a closed connection; these exceptions have no type of their own (Vert.x 4.5, SocketConnectionBase). */
    private static final Set<String> CLIENT_MESSAGES =
            Set.of("Connection was closed", "Connection is not active now", "Pending requests failed to be sent");
    /** Messages of the JDK for a lost connection; these have no type of their own either. */
    private static final Set<String> JDK_MESSAGES = Set.of("Connection reset", "Broken pipe", "Connection timed out", "No route to host");
    /** 1146: there is no such table. 1969 (MariaDB) and 3024 (MySQL): the statement took longer than the server allows. */
    private static final Set<Integer> OF_DATABASE = Set.of(1146, 1969, 3024);
    /** The SQL states of lost connections begin with this. */
    private static final String CONNECTION_STATE = "08";

    /** The fault that a failure of the reactive client or of JDBC means; empty if the failure belongs to the statement. */
    public static Optional<DatabaseFault> of(Throwable failure) {
        for (var cause = failure; cause != null; cause = cause.getCause()) {
            var fault = ofOne(cause);
            if (fault.isPresent()) {
                return fault;
            }
        }
        return Optional.empty();
    }

    /**
     * The same, for the service's own database. There, some failures of a statement mean the database too, because the statements are ours:
     * a table is missing, or a time limit that the service does not set ends them.
     */
    static Optional<DatabaseFault> ofService(Throwable failure) {
        var fault = of(failure);
        return fault.isPresent() || !isOfDatabase(failure) ? fault : Optional.of(EXHAUSTED);
    }

    private static boolean isOfDatabase(Throwable failure) {
        return Stream.iterate(failure, Objects::nonNull, Throwable::getCause)
                .anyMatch(cause -> cause instanceof MySQLException answer && OF_DATABASE.contains(answer.getErrorCode()));
    }

    private static Optional<DatabaseFault> ofOne(Throwable cause) {
        return switch (cause) {
            case SilentConnectionException _ -> Optional.of(LOST);
            case NoConnectionException refused -> Optional.of(ofCode(refused.code()).orElse(REFUSED));
            case MySQLException answer -> ofAnswer(answer.getErrorCode(), answer.getSqlState());
            case SQLException answer -> ofAnswer(answer.getErrorCode(), answer.getSQLState());
            default -> isLost(cause) ? Optional.of(LOST) : Optional.empty();
        };
    }

    private static Optional<DatabaseFault> ofAnswer(int code, String state) {
        var known = ofCode(code);
        return known.isEmpty() && String.valueOf(state).startsWith(CONNECTION_STATE) ? Optional.of(LOST) : known;
    }

    private static Optional<DatabaseFault> ofCode(int code) {
        return switch (code) {
            // The server stops, or has closed the connection: MariaDB, MySQL (two codes).
            case 1053, 1077, 1079, 1927, 3169, 4031 -> Optional.of(LOST);
            // A proxy cannot reach the server behind it.
            case 1105, 2002, 2003, 2006, 2013, 9001 -> Optional.of(LOST);
            case 1290, 1792, 1836 -> Optional.of(READ_ONLY);
            // The user lost a right: to a database, table, column, procedure or session setting.
            case 1044, 1142, 1143, 1370, 1227 -> Optional.of(REFUSED);
            // The user may not log in: wrong password, expired password (1820, 1862), locked account.
            case 1045, 1698, 1820, 1862, 3118, 3955, 4151 -> Optional.of(REFUSED);
            // The host may not connect. There is no such database, or none was chosen.
            case 1129, 1130, 1049, 1046 -> Optional.of(REFUSED);
            // Galera: the node is not part of the cluster. MySQL: offline mode, group replication without a majority.
            case 1047, 3032, 3100 -> Optional.of(REFUSED);
            // Connections, statements per hour, prepared statements.
            case 1040, 1203, 1226, 1461 -> Optional.of(EXHAUSTED);
            // Disk space: data, temporary files, binary log. 3 and 20 are codes of the server's file layer.
            case 1021, 1114, 1023, 1026, 1030, 1180, 1598, 3, 20 -> Optional.of(EXHAUSTED);
            // Memory, threads, file handles.
            case 1037, 1041, 1135, 1016, 1024 -> Optional.of(EXHAUSTED);
            default -> Optional.empty();
        };
    }

    private static boolean isLost(Throwable cause) {
        return switch (cause) {
            case SocketException _, UnknownHostException _, ClosedChannelException _, ClosedConnectionException _ -> true;
            // Subtypes mean other things, such as Jackson's parse errors.
            case IOException lost -> lost.getClass() == IOException.class && begins(lost, JDK_MESSAGES);
            default -> begins(cause, CLIENT_MESSAGES);
        };
    }

    private static boolean begins(Throwable cause, Set<String> messages) {
        var message = String.valueOf(cause.getMessage());
        return messages.stream().anyMatch(message::startsWith);
    }

    /** Whether the failure means that the connection is closed, so that nothing can run on it any more. */
    public static boolean isLostConnection(Throwable failure) {
        return of(failure).filter(LOST::equals).isPresent();
    }

    /** Whether other connections may reach a server that works: after a failover, the name or the proxy leads to another server. */
    boolean isOfTheServer() {
        return this == READ_ONLY || this == REFUSED;
    }

    /** Whether a successful check proves that the fault is over. The check cannot fill a disk or use each right. */
    boolean isRuledOutByCheck() {
        return this == LOST || this == READ_ONLY;
    }
}

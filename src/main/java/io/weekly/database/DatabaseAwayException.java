package io.weekly.database;

import io.vertx.core.VertxException;
import io.vertx.mysqlclient.MySQLException;
import io.vertx.sqlclient.ClosedConnectionException;
import java.io.IOException;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.nio.channels.ClosedChannelException;
import java.util.Set;

/**
 * There was no connection to the database, or the connection was lost before the result arrived. The exception has no stack trace, because
 * the calling code is not at fault and {@link DatabaseAvailability} has logged the outage. Code that logs failures checks {@link #isNot}
 * first.
 */
public final class DatabaseAwayException extends RuntimeException {

    /** Error codes before a server closes the connection: shutdown (MySQL, MariaDB), connection killed (MariaDB; MySQL has two codes). */
    private static final Set<Integer> CLOSING_ERRORS = Set.of(1053, 1927, 3169, 4031);
    /** Messages of the client for a closed connection; these exceptions have no type of their own (Vert.x 4.5, SocketConnectionBase). */
    private static final Set<String> CLIENT_MESSAGES =
            Set.of("Connection was closed", "Connection is not active now", "Pending requests failed to be sent");
    /** Messages of the JDK for a lost connection; these have no type of their own either. */
    private static final Set<String> JDK_MESSAGES = Set.of("Connection reset", "Broken pipe", "Connection timed out", "No route to host");

    DatabaseAwayException(Throwable cause) {
        super("the database is away: " + cause.getMessage(), null, false, false);
    }

    /** Whether a failure has another cause than an unavailable database. */
    public static boolean isNot(Throwable failure) {
        for (var cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof DatabaseAwayException) {
                return false;
            }
        }
        return true;
    }

    /** Whether the failure of a query means that there is no connection. */
    public static boolean isLostConnection(Throwable failure) {
        for (var cause = failure; cause != null; cause = cause.getCause()) {
            if (isLost(cause)) {
                return true;
            }
        }
        return false;
    }

    private static boolean isLost(Throwable cause) {
        return switch (cause) {
            case SocketException _, UnknownHostException _, ClosedChannelException _, ClosedConnectionException _ -> true;
            case MySQLException answer -> CLOSING_ERRORS.contains(answer.getErrorCode());
            case VertxException closed -> begins(closed, CLIENT_MESSAGES);
            // Subtypes mean other things, such as Jackson's parse errors.
            case IOException lost -> lost.getClass() == IOException.class && begins(lost, JDK_MESSAGES);
            default -> false;
        };
    }

    private static boolean begins(Throwable cause, Set<String> messages) {
        var message = String.valueOf(cause.getMessage());
        return messages.stream().anyMatch(message::startsWith);
    }
}

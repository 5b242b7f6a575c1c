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
 * There was no connection to the database, or it was lost before the answer. It has no stack trace: it is no fault of the code that asked,
 * and {@link DatabaseAvailability} has logged it. Whoever would log a failure of the database asks {@link #isNot} first.
 */
public final class DatabaseAwayException extends RuntimeException {

    /** What a server says last: it shuts down (MySQL, MariaDB), or has ended the connection (MariaDB; MySQL twice). */
    private static final Set<Integer> LAST_WORDS = Set.of(1053, 1927, 3169, 4031);
    /** What the client says of a connection that is gone, in exceptions without a type of their own (Vert.x 4.5, SocketConnectionBase). */
    private static final Set<String> GONE =
            Set.of("Connection was closed", "Connection is not active now", "Pending requests failed to be sent");
    /** What the JDK says of it, likewise. */
    private static final Set<String> CUT = Set.of("Connection reset", "Broken pipe", "Connection timed out", "No route to host");

    DatabaseAwayException(Throwable cause) {
        super("the database is away: " + cause.getMessage(), null, false, false);
    }

    /** Whether a failure has another reason than that the database is away. */
    public static boolean isNot(Throwable failure) {
        for (var cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof DatabaseAwayException) {
                return false;
            }
        }
        return true;
    }

    /** Whether the client's failure says that there is no connection. Whatever else goes wrong is told with its stack. */
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
            case MySQLException answer -> LAST_WORDS.contains(answer.getErrorCode());
            case VertxException gone -> begins(gone, GONE);
            // Its subtypes are of other things: Jackson's, of texts that cannot be read.
            case IOException cut -> cut.getClass() == IOException.class && begins(cut, CUT);
            default -> false;
        };
    }

    private static boolean begins(Throwable cause, Set<String> messages) {
        var message = String.valueOf(cause.getMessage());
        return messages.stream().anyMatch(message::startsWith);
    }
}

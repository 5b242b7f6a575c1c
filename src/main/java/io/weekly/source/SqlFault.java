package io.weekly.source;

import io.vertx.mysqlclient.MySQLException;
import io.weekly.definition.Dataset;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Turns an error of the server into a fault of a dataset, with the line in the author's file. The server counts lines from the first line
 * that is not blank. If it gives no line, but names something unknown, this class searches for that name. Users of the report see the
 * message, so it leaves out the user, the host and the SQL that the server repeats.
 */
final class SqlFault {
    private static final Pattern AT_LINE = Pattern.compile(" at line (\\d+)$");
    private static final Pattern UNKNOWN_NAME = Pattern.compile("^(?:Unknown \\w+|Table|Column) '([^']+)'"
            + "|^(?:FUNCTION|PROCEDURE) (\\S+) does not exist"
            + "|command denied to user .* for (?:table|column) (?:`[^`]*`\\.)?['`]([^'`]+)");

    private static final Pattern NEAR = Pattern.compile("(?s)(?: to use)? near '.*'$");
    private static final Pattern TO_USER = Pattern.compile(" (?:to|for) user '[^']*'@'[^']*'");
    private static final Pattern ACCOUNT = Pattern.compile("['`][^'`]*['`]@['`][^'`]*['`]");
    private static final Pattern ACCOUNT_OF = Pattern.compile("^(User|Host) '[^']*'");
    /**
     * Errors that may be temporary: the same statement can succeed later. The list has error codes, because most errors share the SQL state
     * HY000.
     */
    private static final Set<Integer> TRANSIENT = Set.of(
            // Locks; a statement was interrupted; a table changed since the snapshot; a statement must be prepared again.
            1205, 1213, 1317, 3572, 1020, 1412, 1615, 1243,
            // Too many connections or statements, for the server or for the user.
            1040, 1203, 1226, 1461,
            // The server starts, stops, or has closed the connection. 1836: it is read-only at the moment. The last three: the node is not
            // part of its cluster, or is offline.
            1053, 1077, 1079, 1836, 1927, 3169, 4031, 1047, 3032, 3100,
            // No disk space, memory, threads or file handles; errors of the storage engine or of a file.
            1021, 1037, 1041, 1114, 1135, 1016, 1023, 1024, 1026, 1030,
            // The network, also to the server of a federated table. Proxies send 1105 when they cannot reach a server.
            1158, 1159, 1160, 1161, 1429, 1430, 2006, 2013, 1105);

    /** The server stops, is read-only at the moment, is not part of its cluster, or is offline. */
    private static final Set<Integer> OF_THE_SERVER = Set.of(1053, 1836, 1047, 3032, 3100);

    private SqlFault() {}

    /** Whether the same statement may succeed later. SQL states 08 are lost connections, 40 are transactions that were rolled back. */
    static boolean isTransient(MySQLException failure) {
        var state = String.valueOf(failure.getSqlState());
        return TRANSIENT.contains(failure.getErrorCode()) || state.startsWith("08") || state.startsWith("40");
    }

    /** Whether a statement failed because of the state of the server, and not because of what it read. */
    static boolean isOfTheServer(Throwable failure) {
        return failure instanceof MySQLException answer && OF_THE_SERVER.contains(answer.getErrorCode());
    }

    static DatasetException of(String file, Dataset dataset, MySQLException failure) {
        var message = sentence(failure);
        Snapshots.LOG.infof("%s: the source reports: %s (%d)", file, message, failure.getErrorCode());
        var counted = AT_LINE.matcher(message);
        var line = counted.find() ? offset(dataset.sql()) + Integer.parseInt(counted.group(1)) : lineOfUnknownName(dataset.sql(), message);
        return new DatasetException(file, line, publicMessage(failure), failure);
    }

    /** The message without anything confidential. */
    static String publicMessage(MySQLException failure) {
        var message = NEAR.matcher(AT_LINE.matcher(sentence(failure)).replaceFirst("")).replaceFirst("");
        var withoutAccount = ACCOUNT.matcher(TO_USER.matcher(message).replaceAll("")).replaceAll("…");
        var anonymous = ACCOUNT_OF.matcher(withoutAccount).replaceFirst(found -> "The " + found.group(1).toLowerCase(Locale.ROOT));
        return "%s (%d)".formatted(anonymous, failure.getErrorCode());
    }

    /** The server's own message, without the field names that the client adds. */
    private static String sentence(MySQLException failure) {
        return String.valueOf(failure.getMessage())
                .replaceFirst("^\\{errorMessage=", "")
                .replaceFirst(", errorCode=\\d+, sqlState=\\w+}$", "")
                .replaceFirst("^'(.*)'$", "$1");
    }

    private static int offset(String sql) {
        var leading = sql.substring(0, sql.length() - sql.stripLeading().length());
        return (int) leading.chars().filter(c -> c == '\n').count();
    }

    private static int lineOfUnknownName(String sql, String message) {
        var named = UNKNOWN_NAME.matcher(message);
        if (!named.find()) {
            return 0;
        }
        var whole = Stream.of(named.group(1), named.group(2), named.group(3)).filter(Objects::nonNull).findFirst().orElseThrow();
        var line = lineOf(sql, whole);
        return line > 0 ? line : lineOf(sql, whole.substring(whole.lastIndexOf('.') + 1));
    }

    /** The line of the first occurrence as a whole word outside of comments; 0 if there is none. */
    private static int lineOf(String sql, String name) {
        var word = Pattern.compile("(?i)(?<![\\w$])" + Pattern.quote(name) + "(?![\\w$])");
        var lines = sql.lines().toList();
        for (var i = 0; i < lines.size(); i++) {
            if (word.matcher(lines.get(i).replaceFirst("(?:^|\\s)(?:--\\s|#).*", "")).find()) {
                return i + 1;
            }
        }
        return 0;
    }
}

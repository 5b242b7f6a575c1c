package io.weekly.source;

import io.vertx.mysqlclient.MySQLException;
import io.weekly.definition.Dataset;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What the server said about a dataset, with the line of the author's own file. The server counts the lines of what it was sent, which is
 * the file without the empty lines at its beginning; where it counts none, it names what it does not know, and that is looked for.
 * Readers of the report see it too: what it says of users and hosts is left out, and what it repeats of the SQL.
 */
final class SqlFault {
    private static final Pattern AT_LINE = Pattern.compile(" at line (\\d+)$");
    private static final Pattern NAMED = Pattern.compile("^(?:Unknown \\w+|Table|Column) '([^']+)'"
            + "|^(?:FUNCTION|PROCEDURE) (\\S+) does not exist"
            + "|command denied to user .* for (?:table|column) (?:`[^`]*`\\.)?['`]([^'`]+)");

    private static final Pattern NEAR = Pattern.compile("(?s)(?: to use)? near '.*'$");
    private static final Pattern TO_USER = Pattern.compile(" (?:to|for) user '[^']*'@'[^']*'");
    private static final Pattern ACCOUNT = Pattern.compile("['`][^'`]*['`]@['`][^'`]*['`]");
    private static final Pattern WHOSE = Pattern.compile("^(User|Host) '[^']*'");
    /**
     * What the server could not do now, though there is nothing wrong with what it was asked. Everything else will be the same next time:
     * most of what it refuses has HY000, so a state tells little.
     */
    private static final Set<Integer> PASSING = Set.of(
            // Locks, and what somebody ended or changed meanwhile: interrupted, a table changed since the snapshot, to be prepared anew.
            1205, 1213, 1317, 3572, 1020, 1412, 1615, 1243,
            // Connections and statements that are too many, of the server's or of the user's.
            1040, 1203, 1226, 1461,
            // It starts or ends, or has ended the connection. 1836: it takes no writes for now.
            1053, 1077, 1079, 1836, 1927, 3169, 4031,
            // Disk, memory, threads, file handles; what the storage engine or a file did not give.
            1021, 1037, 1041, 1114, 1135, 1016, 1023, 1024, 1026, 1030,
            // Network, also to another server that a table is of; 1105, which proxies use for what they cannot reach.
            1158, 1159, 1160, 1161, 1429, 1430, 2006, 2013, 1105);

    private SqlFault() {}

    /** Whether the same statement may succeed when it is tried again. States 08 and 40: connections, and transactions rolled back. */
    static boolean mayPass(MySQLException failure) {
        var state = String.valueOf(failure.getSqlState());
        return PASSING.contains(failure.getErrorCode()) || state.startsWith("08") || state.startsWith("40");
    }

    static DatasetException of(String file, Dataset dataset, MySQLException failure) {
        var said = sentence(failure);
        Snapshots.LOG.infof("%s: the source says: %s (%d)", file, said, failure.getErrorCode());
        var counted = AT_LINE.matcher(said);
        var line = counted.find() ? offset(dataset.sql()) + Integer.parseInt(counted.group(1)) : lineOfWhatIsNamed(dataset.sql(), said);
        return new DatasetException(file, line, told(failure), failure);
    }

    /** What anybody may know of it. */
    static String told(MySQLException failure) {
        var said = NEAR.matcher(AT_LINE.matcher(sentence(failure)).replaceFirst("")).replaceFirst("");
        var nobody = ACCOUNT.matcher(TO_USER.matcher(said).replaceAll("")).replaceAll("…");
        var whose = WHOSE.matcher(nobody).replaceFirst(found -> "The " + found.group(1).toLowerCase(Locale.ROOT));
        return "%s (%d)".formatted(whose, failure.getErrorCode());
    }

    /** The server's own sentence; the client's exception wraps it in field names. */
    private static String sentence(MySQLException failure) {
        return failure.getMessage()
                .replaceFirst("^\\{errorMessage=", "")
                .replaceFirst(", errorCode=\\d+, sqlState=\\w+}$", "")
                .replaceFirst("^'(.*)'$", "$1");
    }

    private static int offset(String sql) {
        var leading = sql.substring(0, sql.length() - sql.stripLeading().length());
        return (int) leading.chars().filter(c -> c == '\n').count();
    }

    private static int lineOfWhatIsNamed(String sql, String said) {
        var named = NAMED.matcher(said);
        if (!named.find()) {
            return 0;
        }
        var whole = Stream.of(named.group(1), named.group(2), named.group(3)).filter(Objects::nonNull).findFirst().orElseThrow();
        var line = lineOf(sql, whole);
        return line > 0 ? line : lineOf(sql, whole.substring(whole.lastIndexOf('.') + 1));
    }

    /** Of the first time that it stands there as a word of its own, outside of comments; 0 where it does not. */
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

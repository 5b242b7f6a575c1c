package io.weekly.report;

import io.vertx.mysqlclient.MySQLException;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What the server said about a dataset, with the line of the author's own file. The server counts the lines of what it was sent, which is
 * the file without the empty lines at its beginning; where it counts none, it names what it does not know, and that is looked for.
 */
final class SqlFault {
    private static final Pattern AT_LINE = Pattern.compile(" at line (\\d+)$");
    private static final Pattern NAMED = Pattern.compile("^(?:Unknown \\w+|Table|Column) '([^']+)'"
            + "|^(?:FUNCTION|PROCEDURE) (\\S+) does not exist"
            + "|command denied to user .* for (?:table|column) (?:`[^`]*`\\.)?['`]([^'`]+)");

    private SqlFault() {}

    static DatasetException of(String file, Dataset dataset, MySQLException failure) {
        var said = sentence(failure);
        var counted = AT_LINE.matcher(said);
        var line = counted.find() ? offset(dataset.sql()) + Integer.parseInt(counted.group(1)) : lineOfWhatIsNamed(dataset.sql(), said);
        return new DatasetException(
                file, line, "%s (%d)".formatted(counted.replaceFirst(""), failure.getErrorCode()), failure);
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

package io.weekly.definition;

import io.weekly.definition.SqlToken.Kind;
import java.util.ArrayList;
import java.util.List;

/**
 * Splits an SQL text into tokens, as MySQL and MariaDB do.
 *
 * <p>Traps:
 *
 * <ul>
 *   <li>A backslash escapes in MySQL's strings, but not between backticks. {@link io.weekly.database.SourceConnections} makes sure of that.
 *   <li>{@code --} starts a comment only before a blank or a control character of ASCII. Other white space of Unicode is no white space for
 *       a server.
 *   <li>{@code /*!} does not start a comment: servers execute the text after it.
 *   <li>{@code ::} and {@code :=} are no parameters.
 *   <li>A word may follow a number without a blank: {@code 1e1LOCK IN SHARE MODE}, {@code .1FOR UPDATE}. A server reads some other such
 *       texts as one name ({@code 1LOCK}). Here they are two tokens as well, because a rule that sees too much does no harm.
 * </ul>
 */
final class SqlTokens {
    private final String sql;
    private final List<SqlToken> tokens = new ArrayList<>();
    private int at;
    private int line = 1;

    private SqlTokens(String sql) {
        this.sql = sql;
    }

    static List<SqlToken> of(String sql) {
        SqlTokens tokens = new SqlTokens(sql);
        while (tokens.at < sql.length()) {
            tokens.step();
        }
        return tokens.tokens;
    }

    private void step() {
        char c = sql.charAt(at);
        switch (c) {
            case '\'', '"' -> add(Kind.QUOTED, endOfQuoted(c, true));
            case '`' -> add(Kind.QUOTED, endOfQuoted(c, false));
            case '#' -> add(Kind.BLANK, endOfLine());
            case '-' -> dash();
            case '/' -> slash();
            case ':' -> colon();
            case '@' -> variable();
            default -> {
                if (isBlank(c)) {
                    add(Kind.BLANK, endOf(SqlTokens::isBlank, at));
                } else if (isDigit(c)) {
                    add(Kind.WORD, endOfNumber());
                } else if (isWordPart(c)) {
                    add(Kind.WORD, endOf(SqlTokens::isWordPart, at));
                } else {
                    add(Kind.SIGN, at + 1);
                }
            }
        }
    }

    private void dash() {
        boolean comment = sql.startsWith("--", at) && (at + 2 == sql.length() || isBlank(sql.charAt(at + 2)));
        add(comment ? Kind.BLANK : Kind.SIGN, comment ? endOfLine() : at + 1);
    }

    private void slash() {
        if (sql.startsWith("/*!", at)) {
            add(Kind.EXECUTABLE, at + 3);
        } else if (sql.startsWith("/*M!", at)) {
            add(Kind.EXECUTABLE, at + 4);
        } else if (sql.startsWith("/*", at)) {
            add(sql.startsWith("/*+", at) ? Kind.HINT : Kind.BLANK, endOfBlock());
        } else {
            add(Kind.SIGN, at + 1);
        }
    }

    private void colon() {
        int end = endOf(SqlTokens::isNamePart, at + 1);
        boolean afterColon = at > 0 && sql.charAt(at - 1) == ':';
        boolean named = end > at + 1 && !Character.isDigit(sql.charAt(at + 1));
        add(named && !afterColon ? Kind.PARAMETER : Kind.SIGN, named && !afterColon ? end : at + 1);
    }

    private void variable() {
        boolean ofServer = sql.startsWith("@@", at);
        add(ofServer ? Kind.SERVER_VARIABLE : Kind.VARIABLE, endOf(SqlTokens::isNamePart, at + (ofServer ? 2 : 1)));
    }

    private int endOfQuoted(char quote, boolean backslashEscapes) {
        int end = at + 1;
        while (end < sql.length() && sql.charAt(end) != quote) {
            end += backslashEscapes && sql.charAt(end) == '\\' ? 2 : 1;
        }
        return Math.min(end + 1, sql.length());
    }

    private int endOfLine() {
        int end = sql.indexOf('\n', at);
        return end < 0 ? sql.length() : end;
    }

    private int endOfBlock() {
        int end = sql.indexOf("*/", at + 2);
        return end < 0 ? sql.length() : end + 2;
    }

    /** The digits, and an exponent without a sign. */
    private int endOfNumber() {
        int end = endOf(SqlTokens::isDigit, at);
        boolean hasExponent = end + 1 < sql.length() && (sql.charAt(end) == 'e' || sql.charAt(end) == 'E') && isDigit(sql.charAt(end + 1));
        return hasExponent ? endOf(SqlTokens::isDigit, end + 1) : end;
    }

    private interface Part {
        boolean includes(char c);
    }

    private int endOf(Part part, int from) {
        int end = from;
        while (end < sql.length() && part.includes(sql.charAt(end))) {
            end++;
        }
        return end;
    }

    private void add(Kind kind, int end) {
        String text = sql.substring(at, end);
        tokens.add(new SqlToken(kind, text, line));
        line += (int) text.chars().filter(c -> c == '\n').count();
        at = end;
    }

    private static boolean isBlank(char c) {
        return c <= ' ' || c == 0x7F;
    }

    private static boolean isWordPart(char c) {
        return isNamePart(c) || c == '$' || c >= 0x80;
    }

    private static boolean isNamePart(char c) {
        return c == '_' || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || isDigit(c);
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }
}

package io.weekly.definition;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Finds the {@code :names} in an SQL text, in one pass. It skips '…', "…", `…`, comments, {@code ::} and {@code :=}.
 *
 * <p>Traps:
 *
 * <ul>
 *   <li>A backslash escapes in MySQL's strings, but not between backticks.
 *   <li>{@code --} starts a comment only before white space.
 *   <li>{@code /*!} does not start a comment: servers execute the text after it.
 * <li>If the author wrote a {@code ?}, all parameters after it would get the wrong values. So the loader refuses it.
 *   <li>A decimal is bound as a text, and servers calculate with texts in floating point. So the statement casts it to a decimal.
 * </ul>
 */
public final class SqlText {
    /** A name in the text, and its line from 1. */
    record Name(String name, int line) {}

    private final String sql;
    private final Map<String, Object> constants;
    private final StringBuilder statement = new StringBuilder();
    private final List<Name> names = new ArrayList<>();
    private @Nullable Name variable;
    private int questionMarkLine;
    private int secondLine;
    /** The position of the first semicolon in the statement; negative until one is found. */
    private int end = -1;
    private int at;

    private SqlText(String sql, Map<String, Object> constants) {
        this.sql = sql;
        this.constants = constants;
    }

    /** {@code constants}: the definition's parameters, by name. */
    static SqlText parse(String sql, Map<String, Object> constants) {
        SqlText text = new SqlText(sql, constants);
        while (text.at < sql.length()) {
            text.step();
        }
        return text;
    }

    /** The text up to the first semicolon, with {@code ?} in place of the names. */
    String statement() {
        return (end < 0 ? statement.toString() : statement.substring(0, end)).strip();
    }

    /** The names and their lines, in order. A name that occurs twice is here twice. */
    List<Name> names() {
        return names;
    }

    /** The line of the first {@code ?}, or 0. */
    int questionMarkLine() {
        return questionMarkLine;
    }

    /** The first user variable ({@code @name}). The server's own variables ({@code @@name}) do not count. */
    Optional<Name> variable() {
        return Optional.ofNullable(variable);
    }

    /** The line of the first text after the semicolon that is not a comment, or 0. */
    int secondLine() {
        return secondLine;
    }

    private void step() {
        char c = sql.charAt(at);
        if (end >= 0 && secondLine == 0 && c != ';' && !Character.isWhitespace(c) && !isComment(c)) {
            secondLine = line();
        }
        switch (c) {
            case '\'', '"' -> copyTo(endOfQuoted(c, true));
            case '`' -> copyTo(endOfQuoted(c, false));
            case '#' -> copyTo(endOfLine());
            case '-' -> copyTo(startsComment() ? endOfLine() : at + 1);
            case '/' -> copyTo(isComment(c) ? endOfBlock() : at + 1);
            case ':' -> colon();
            case '@' -> copyTo(endOfVariable());
            case ';' -> {
                end = end < 0 ? statement.length() : end;
                copyTo(at + 1);
            }
            case '?' -> {
                questionMarkLine = questionMarkLine == 0 ? line() : questionMarkLine;
                copyTo(at + 1);
            }
            default -> copyTo(at + 1);
        }
    }

    private void colon() {
        int end = at + 1;
        while (end < sql.length() && isNamePart(sql.charAt(end))) {
            end++;
        }
        boolean afterColon = at > 0 && sql.charAt(at - 1) == ':';
        boolean named = end > at + 1 && !Character.isDigit(sql.charAt(at + 1));
        if (named && !afterColon) {
            String name = sql.substring(at + 1, end);
            names.add(new Name(name, line()));
            statement.append(constants.get(name) instanceof BigDecimal number ? decimal(number) : "?");
            at = end;
        } else {
            copyTo(at + 1);
        }
    }

    private static String decimal(BigDecimal number) {
        return "CAST(? AS DECIMAL(%d, %d))".formatted(Math.max(number.precision(), number.scale()), number.scale());
    }

    private int endOfQuoted(char quote, boolean backslashEscapes) {
        int end = at + 1;
        while (end < sql.length() && sql.charAt(end) != quote) {
            end += backslashEscapes && sql.charAt(end) == '\\' ? 2 : 1;
        }
        return Math.min(end + 1, sql.length());
    }

    private int endOfVariable() {
        int from = sql.startsWith("@@", at) ? at + 2 : at + 1;
        int to = from;
        while (to < sql.length() && isNamePart(sql.charAt(to))) {
            to++;
        }
        if (from == at + 1 && variable == null) {
            variable = new Name(sql.substring(at, to), line());
        }
        return to;
    }

    private boolean isComment(char c) {
        return switch (c) {
            case '#' -> true;
            case '-' -> startsComment();
            case '/' -> sql.startsWith("/*", at) && !sql.startsWith("/*!", at) && !sql.startsWith("/*M!", at);
            default -> false;
        };
    }

    private boolean startsComment() {
        return sql.startsWith("--", at) && (at + 2 == sql.length() || Character.isWhitespace(sql.charAt(at + 2)));
    }

    private int endOfLine() {
        int end = sql.indexOf('\n', at);
        return end < 0 ? sql.length() : end;
    }

    private int endOfBlock() {
        int end = sql.indexOf("*/", at + 2);
        return end < 0 ? sql.length() : end + 2;
    }

    private void copyTo(int end) {
        statement.append(sql, at, end);
        at = end;
    }

    private int line() {
        return 1 + (int) sql.chars().limit(at).filter(c -> c == '\n').count();
    }

    private static boolean isNamePart(char c) {
        return c == '_' || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9';
    }
}

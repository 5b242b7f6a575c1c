package io.weekly.definition;

import io.weekly.definition.SqlToken.Kind;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The SQL of a dataset: its {@code :names}, and the statement with {@code ?} in place of them.
 *
 * <p>Traps:
 *
 * <ul>
 *   <li>If the author wrote a {@code ?}, all parameters after it would get the wrong values. So the loader refuses it.
 *   <li>A decimal is bound as a text, and servers calculate with texts in floating point. So the statement casts it to a decimal.
 * </ul>
 */
public final class SqlText {
    /** A name in the text, and its line from 1. */
    record Name(String name, int line) {
        private static Name of(SqlToken token) {
            return new Name(token.text(), token.line());
        }
    }

    private final List<SqlToken> tokens;
    private final Map<String, Object> constants;
    /** The position of the first semicolon; the number of tokens if there is none. */
    private final int end;

    private SqlText(List<SqlToken> tokens, Map<String, Object> constants) {
        this.tokens = tokens;
        this.constants = constants;
        this.end = (int) tokens.stream().takeWhile(token -> !token.is(';')).count();
    }

    /** {@code constants}: the definition's parameters, by name. */
    static SqlText parse(String sql, Map<String, Object> constants) {
        return new SqlText(SqlTokens.of(sql), constants);
    }

    /** The text up to the first semicolon, with {@code ?} in place of the names. */
    String statement() {
        StringBuilder statement = new StringBuilder();
        tokens.subList(0, end).forEach(token -> statement.append(token.kind() == Kind.PARAMETER ? placeholder(token) : token.text()));
        return statement.toString().strip();
    }

    private String placeholder(SqlToken parameter) {
        return constants.get(parameter.text().substring(1)) instanceof BigDecimal number
                ? "CAST(? AS DECIMAL(%d, %d))".formatted(Math.max(number.precision(), number.scale()), number.scale())
                : "?";
    }

    /** The names and their lines, in order. A name that occurs twice is here twice. */
    List<Name> names() {
        return tokens.stream()
                .filter(token -> token.kind() == Kind.PARAMETER)
                .map(token -> new Name(token.text().substring(1), token.line()))
                .toList();
    }

    /** The line of the first {@code ?}, or 0. */
    int questionMarkLine() {
        return tokens.stream().filter(token -> token.is('?')).mapToInt(SqlToken::line).findFirst().orElse(0);
    }

    /** The first user variable ({@code @name}). The server's own variables ({@code @@name}) do not count. */
    Optional<Name> variable() {
        return tokens.stream().filter(token -> token.kind() == Kind.VARIABLE).map(Name::of).findFirst();
    }

    /** The line of the first text after the semicolon that is not a comment, or 0. */
    int secondLine() {
        return tokens.stream()
                .skip(end)
                .filter(token -> !token.isBlank() && !token.is(';'))
                .mapToInt(SqlToken::line)
                .findFirst()
                .orElse(0);
    }

    /** The tokens of the statement. */
    List<SqlToken> tokens() {
        return tokens.subList(0, end);
    }
}

package io.weekly.definition;

/**
 * A piece of an SQL text. The tokens of a text, one after the other, are the whole text.
 *
 * @param text exactly as it is written
 * @param line from 1
 */
record SqlToken(Kind kind, String text, int line) {

    enum Kind {
        /** A key word, a name without quotes, or a number. */
        WORD,
        /** '…', "…" or `…` with its quotes. It may be a text or a name; that depends on a mode of the server. */
        QUOTED,
        /** {@code :name}. */
        PARAMETER,
        /** {@code @name}. If its name is in quotes, they are the next token. */
        VARIABLE,
        /** {@code @@name}. */
        SERVER_VARIABLE,
        /** White space and comments. */
        BLANK,
        /** A comment with hints for the optimizer. */
        HINT,
        /** The start of a comment whose content the server executes. The content follows as tokens. */
        EXECUTABLE,
        /** Any other single character. */
        SIGN
    }

    /** Whether the server ignores it, except for hints. */
    boolean isBlank() {
        return kind == Kind.BLANK || kind == Kind.HINT;
    }

    /** Whether it is this key word, without quotes. */
    boolean is(String word) {
        return kind == Kind.WORD && text.equalsIgnoreCase(word);
    }

    /** Whether it is this character. */
    boolean is(char sign) {
        return kind == Kind.SIGN && text.charAt(0) == sign;
    }

    /** The text without quotes. */
    String name() {
        return kind == Kind.QUOTED && text.length() > 1 ? text.substring(1, text.length() - 1) : text;
    }
}

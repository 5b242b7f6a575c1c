package io.weekly.text;

/**
 * Replaces characters that have a meaning for a terminal, a mail program or a protocol, and none for a reader. Data can contain any of
 * them: an escape sequence, a NUL, half a surrogate pair. Marks that turn the direction of all text after them are left out.
 */
public final class ControlCharacters {
    private static final char REPLACEMENT = '\uFFFD';

    private ControlCharacters() {}

    /** The text on one line: white space, line breaks and control characters become one space. */
    public static String oneLine(String text) {
        var line = new StringBuilder(text.length());
        text.codePoints().filter(c -> !isDirection(c)).forEach(c -> {
            if (!Character.isWhitespace(c) && !Character.isISOControl(c)) {
                line.appendCodePoint(isHalfPair(c) ? REPLACEMENT : c);
            } else if (!line.isEmpty() && line.charAt(line.length() - 1) != ' ') {
                line.append(' ');
            }
        });
        return line.toString().stripTrailing();
    }

    /** The text with its tabs and line breaks. A line ends with a line feed, and other control characters become U+FFFD. */
    public static String visible(String text) {
        var visible = new StringBuilder(text.length());
        text.replace("\r\n", "\n").codePoints().filter(c -> !isDirection(c)).forEach(c -> {
            switch (c) {
                case '\t', '\n' -> visible.append((char) c);
                case '\r', 0x0B, '\f', 0x85, 0x2028, 0x2029 -> visible.append('\n');
                default -> visible.appendCodePoint(Character.isISOControl(c) || isHalfPair(c) ? REPLACEMENT : c);
            }
        });
        return visible.toString();
    }

    private static boolean isHalfPair(int c) {
        return c >= 0xD800 && c <= 0xDFFF;
    }

    /** Embeddings, overrides and isolates. A mark for one place (U+200E, U+200F) changes nothing after it, so it stays. */
    private static boolean isDirection(int c) {
        return c >= 0x202A && c <= 0x202E || c >= 0x2066 && c <= 0x2069;
    }
}

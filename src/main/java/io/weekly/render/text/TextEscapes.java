package io.weekly.render.text;

import io.weekly.text.ControlCharacters;

/**
 * Escapes text for markup, style sheets and plain text. Trap: XML 1.0 cannot hold NUL and most control characters, not even as an entity.
 * They become U+FFFD, like those that XML allows but no reader can see.
 */
public final class TextEscapes {

    private static final int NEXT_LINE = 0x85;

    private TextEscapes() {}

    /** For an element or attribute of XHTML or SVG. */
    public static String markup(String text) {
        StringBuilder safe = new StringBuilder(text.length() + 16);
        text.codePoints().forEach(c -> {
            switch (c) {
                case '&' -> safe.append("&amp;");
                case '<' -> safe.append("&lt;");
                case '>' -> safe.append("&gt;");
                case '"' -> safe.append("&quot;");
                case '\'' -> safe.append("&#39;");
                default -> safe.appendCodePoint(legal(c) ? c : 0xFFFD);
            }
        });
        return safe.toString();
    }

    /** For a style sheet: everything that is not part of a name, number or colour is escaped. */
    public static String style(String text) {
        StringBuilder safe = new StringBuilder();
        text.codePoints().forEach(c -> {
            if (Character.isLetterOrDigit(c) && legal(c) || "#.%-_ ".indexOf(c) >= 0) {
                safe.appendCodePoint(c);
            } else {
                safe.append('\\').append(Integer.toHexString(legal(c) ? c : 0xFFFD)).append(' ');
            }
        });
        return safe.toString();
    }

    /** For a plain text: tabs and line breaks stay, other control characters become U+FFFD. */
    public static String plain(String text) {
        return ControlCharacters.visible(text);
    }

    private static boolean legal(int c) {
        return c == '\t' || c == '\n' || c == '\r' || c == NEXT_LINE
                || !Character.isISOControl(c) && (c <= 0xD7FF || c >= 0xE000 && c <= 0xFFFD || c >= 0x10000);
    }
}

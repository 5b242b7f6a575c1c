package io.weekly.render.text;

/**
 * Escapes text for markup and for style sheets. Trap: XML 1.0 cannot hold NUL and most control characters, not even as an entity. They
 * become U+FFFD.
 */
public final class TextEscapes {

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

    private static boolean legal(int c) {
        return c == '\t' || c == '\n' || c == '\r' || c >= 0x20 && c <= 0xD7FF || c >= 0xE000 && c <= 0xFFFD || c >= 0x10000;
    }
}

package io.weekly.text;

/**
 * Shortens a text to a maximum length and ends it with "…", so that readers see that something is missing. The "…" is part of the
 * length. A visible character is never cut ({@link Graphemes}). So no surrogate pair is cut either: half a pair is not valid UTF-8, and
 * neither a database nor an XML file can hold it. If not even the first visible character fits, only the "…" is left.
 */
public final class Ellipsis {
    private static final String SIGN = "…";

    private Ellipsis() {}

    /** At most {@code max} characters (Unicode code points, as MySQL counts the length of a column), {@code max} being 1 or more. */
    public static String shorten(String text, int max) {
        if (text.length() <= max || text.codePointCount(0, text.length()) <= max) {
            return text;
        }
        return cut(text, text.offsetByCodePoints(0, max - 1));
    }

    /** At most {@code max} UTF-16 units (as Excel counts the length of a cell), {@code max} being 1 or more. */
    public static String shortenUnits(String text, int max) {
        return text.length() <= max ? text : cut(text, max - 1);
    }

    private static String cut(String text, int max) {
        return text.substring(0, Graphemes.endBefore(text, max)).stripTrailing() + SIGN;
    }
}

package io.weekly.text;

import java.util.regex.Pattern;

/**
 * Finds the ends of visible characters (extended grapheme clusters, Unicode Standard Annex 29): a letter with its accents, a flag, a family
 * joined from several signs. A text that is cut inside of one shows something else. The time is linear in the length of the text.
 *
 * <p>{@code \X} needs no data of a locale, so it works in a native image.
 */
public final class Graphemes {
    private static final Pattern CHARACTER = Pattern.compile("\\X");

    private Graphemes() {}

    /** The end of the last visible character that ends at or before {@code max}, an index of the text. */
    public static int endBefore(String text, int max) {
        var characters = CHARACTER.matcher(text);
        var end = 0;
        while (end < max && characters.find() && characters.end() <= max) {
            end = characters.end();
        }
        return end;
    }

    /** The end of the visible character that begins at this index. */
    public static int next(String text, int begin) {
        var characters = CHARACTER.matcher(text);
        return characters.find(begin) ? characters.end() : text.length();
    }
}

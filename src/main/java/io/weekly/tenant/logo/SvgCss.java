package io.weekly.tenant.logo;

import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Checks the CSS and the attributes of an SVG: they may call only functions that load nothing from outside. The text is read in one pass,
 * from bracket to bracket, because a tenant may send any text. A regular expression for names would look at a long name once for each of
 * its letters.
 */
final class SvgCss {

    /** {@code url()} may only name an element of the same file. */
    private static final String URL = "url";
    private static final Set<String> FUNCTIONS = SvgRules.words("""
            url rgb rgba hsl hsla matrix translate translatex translatey scale scalex scaley rotate skewx skewy calc not nth-child rect""");

    private SvgCss() {}

    /**
     * The reason to refuse the text; empty if there is none. Refuses escapes, which could hide a name from this check, and at-rules, which
     * could import. Comments are safe: their content is checked too, a comment also ends a name in CSS, and inside url() CSS has no
     * comments.
     *
     * @param where the attribute or element that has the text
     */
    static Optional<String> fault(String where, String css) {
        if (css.indexOf('\\') >= 0 || css.indexOf('@') >= 0) {
            return Optional.of("has an escape or an at-rule in its %s".formatted(where));
        }
        int from = 0;
        for (int open = css.indexOf('('); open >= 0; open = css.indexOf('(', from)) {
            var name = nameBefore(css, from, open).toLowerCase(Locale.ROOT);
            if (!name.isEmpty() && !FUNCTIONS.contains(name)) {
                return Optional.of("has %s() in its %s, which a logo cannot have".formatted(SvgRules.shortened(name), where));
            }
            if (name.equals(URL) && !isInside(css, open + 1)) {
                return Optional.of("has a url() in its %s that refers to something outside of it".formatted(where));
            }
            from = open + 1;
        }
        return Optional.empty();
    }

    /** The name that ends before a bracket; blanks may stand between them. Digits at its start do not belong to it. */
    private static String nameBefore(String css, int from, int bracket) {
        int end = bracket;
        while (end > from && isBlank(css.charAt(end - 1))) {
            end--;
        }
        int start = end;
        while (start > from && isNameCharacter(css.charAt(start - 1))) {
            start--;
        }
        while (start < end && Character.isDigit(css.charAt(start))) {
            start++;
        }
        return css.substring(start, end);
    }

    private static boolean isNameCharacter(char c) {
        return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c == '_' || c == '-';
    }

    /** Whether a URL, with or without a quote, refers to an element of the same file. */
    private static boolean isInside(String css, int from) {
        int at = from;
        while (at < css.length() && isBlank(css.charAt(at))) {
            at++;
        }
        if (at < css.length() && (css.charAt(at) == '"' || css.charAt(at) == '\'')) {
            at++;
        }
        return at < css.length() && css.charAt(at) == '#';
    }

    private static boolean isBlank(char c) {
        return c == ' ' || c >= '\t' && c <= '\r';
    }
}

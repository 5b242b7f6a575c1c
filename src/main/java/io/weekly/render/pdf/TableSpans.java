package io.weekly.render.pdf;

import io.weekly.render.RenderException;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.w3c.dom.Element;

/**
 * Limits how many columns and rows the cells of a page span: the layout makes a column for each. One cell spans at most 1,000, as in
 * browsers (HTML, 4.9.11).
 *
 * <p>Trap: Flying Saucer copies the attribute into a style sheet, so it would take {@code 1e9} or {@code 1000000000.0} too. Its own two
 * properties do the same from any style sheet, so a page must not use them.
 */
final class TableSpans {
    private static final int MAX_SPAN = 1000;
    /** Of a whole page. */
    private static final int MAX_TOTAL = 50_000;
    private static final Pattern NUMBER = Pattern.compile("[0-9]{1,9}");
    private static final Pattern ESCAPE = Pattern.compile("\\\\(?:([0-9a-fA-F]{1,6})[ \\t\\r\\n\\f]?|(.))");
    private static final String OWN_PROPERTY = "-fs-table-cell-";

    private final String file;
    private int total;

    TableSpans(String file) {
        this.file = file;
    }

    /** Makes the attribute a number from 1 to 1,000. Anything that is no number becomes 1. */
    void limit(Element element, String name) {
        if (!element.hasAttribute(name)) {
            return;
        }
        String text = element.getAttribute(name).strip();
        int span = NUMBER.matcher(text).matches() ? Math.clamp(Integer.parseInt(text), 1, MAX_SPAN) : 1;
        total += span - 1;
        if (total > MAX_TOTAL) {
            throw new RenderException(file, 0, "its cells span more than %d columns and rows in all".formatted(MAX_TOTAL), null);
        }
        element.setAttribute(name, String.valueOf(span));
    }

    /** Refuses a style sheet, or a {@code style} attribute, that sets a span. */
    void checkStyle(String css) {
        if (unescaped(css).contains(OWN_PROPERTY)) {
            throw new RenderException(file, 0, "its style sets %s…; use colspan and rowspan".formatted(OWN_PROPERTY), null);
        }
    }

    private static String unescaped(String css) {
        return ESCAPE.matcher(css)
                .replaceAll(escape -> Matcher.quoteReplacement(escape.group(1) == null ? escape.group(2) : character(escape.group(1))))
                .toLowerCase(Locale.ROOT);
    }

    private static String character(String hex) {
        int code = Integer.parseInt(hex, 16);
        return Character.isValidCodePoint(code) ? Character.toString(code) : "";
    }
}

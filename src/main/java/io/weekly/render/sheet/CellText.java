package io.weekly.render.sheet;

import io.weekly.render.text.Typeface;
import io.weekly.text.Ellipsis;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * Texts for a cell of a workbook. Characters that XML 1.0 does not allow become U+FFFD. A text of more than 32,767 UTF-16 units is
 * shortened. Excel shows {@code _x0041_} as an A, so such a sequence is escaped.
 */
final class CellText {
    private static final int MAX_LENGTH = 32_767;
    private static final Pattern ESCAPE = Pattern.compile("_(?=x[0-9A-Fa-f]{4}_)");
    private static final String ESCAPED = "_x005F_";

    private CellText() {}

    /** The text as the cell stores it. */
    static String fit(String text) {
        var valid = visible(text.codePoints().limit(MAX_LENGTH + 1));
        var escaped = ESCAPE.matcher(valid).replaceAll(ESCAPED);
        return escaped.length() <= MAX_LENGTH ? escaped : Ellipsis.shortenUnits(escaped, 1 + endOfWhole(escaped, MAX_LENGTH - 1));
    }

    /** Excel would show half of an escape as it is. An escape may begin with the last character of the one before. */
    private static int endOfWhole(String escaped, int end) {
        var begin = escaped.lastIndexOf(ESCAPED, end - 1);
        return begin >= 0 && begin + ESCAPED.length() > end ? endOfWhole(escaped, begin) : end;
    }

    /** The text with U+FFFD for characters that XML does not allow, at full length. */
    static String visible(String text) {
        return text.codePoints().allMatch(CellText::isXml) ? text : visible(text.codePoints());
    }

    private static String visible(IntStream codePoints) {
        var visible = new StringBuilder();
        codePoints.forEach(c -> visible.appendCodePoint(isXml(c) ? c : Typeface.MISSING));
        return visible.toString();
    }

    /** XML 1.0, production 2. A lone surrogate is a code point in Java, but not allowed in XML. */
    private static boolean isXml(int c) {
        return c == '\t' || c == '\n' || c == '\r' || c >= 0x20 && c <= 0xD7FF || c >= 0xE000 && c <= 0xFFFD || c >= 0x10000;
    }
}

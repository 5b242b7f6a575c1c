package io.weekly.render.sheet;

import io.weekly.render.text.Typeface;
import io.weekly.text.Ellipsis;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * Text as a cell of a workbook can hold it: what XML 1.0 has no character for becomes U+FFFD, more than 32,767 characters are cut, and
 * what reads like {@code _x0041_}, which Excel takes for an A, is written so that it stays what it is.
 */
final class CellText {
    private static final int MAX_LENGTH = 32_767;
    private static final Pattern ESCAPE = Pattern.compile("_(?=x[0-9A-Fa-f]{4}_)");

    private CellText() {}

    static String fit(String text) {
        var held = visible(text.codePoints().limit(MAX_LENGTH + 1));
        var escaped = ESCAPE.matcher(held).replaceAll("_x005F_");
        return Ellipsis.shortenUnits(escaped, MAX_LENGTH);
    }

    /** The whole of it. */
    static String visible(String text) {
        return text.codePoints().allMatch(CellText::isXml) ? text : visible(text.codePoints());
    }

    private static String visible(IntStream codePoints) {
        var visible = new StringBuilder();
        codePoints.forEach(c -> visible.appendCodePoint(isXml(c) ? c : Typeface.MISSING));
        return visible.toString();
    }

    /** XML 1.0, production 2. A lone surrogate is a code point of its own here, and none there. */
    private static boolean isXml(int c) {
        return c == '\t' || c == '\n' || c == '\r' || c >= 0x20 && c <= 0xD7FF || c >= 0xE000 && c <= 0xFFFD || c >= 0x10000;
    }
}

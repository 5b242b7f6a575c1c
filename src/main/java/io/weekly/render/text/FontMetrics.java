package io.weekly.render.text;

import io.weekly.text.Graphemes;
import org.openpdf.text.pdf.BaseFont;

/**
 * Measures the width of texts in the font of reports, so that a chart can check what fits before it draws. The widths are read from the
 * font once and never change, so any thread may use them. A {@link BaseFont} could not be used here, because it belongs to one document.
 *
 * <p>Trap: like {@link Typeface}, this class is initialised when a native image starts, not when it is built (application.properties).
 */
public final class FontMetrics {
    private static final int CHARACTERS = 0x2600;
    private static final short[] REGULAR;
    private static final short[] BOLD;

    static {
        Typeface typeface = new Typeface();
        REGULAR = widths(typeface.font(false));
        BOLD = widths(typeface.font(true));
    }

    private FontMetrics() {}

    /** The width in the unit of {@code size}, the font size. */
    public static double width(String text, double size, boolean bold) {
        short[] widths = bold ? BOLD : REGULAR;
        int sum = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (!Character.isLowSurrogate(c)) {
                sum += c < CHARACTERS && !Character.isHighSurrogate(c) ? widths[c] : widths[0];
            }
        }
        return sum * size / 1000;
    }

    /** The text, shortened with an ellipsis to this width; empty if not even one visible character fits. */
    public static String fit(String text, double size, boolean bold, double maxWidth) {
        if (width(text, size, bold) <= maxWidth + 0.01) {
            return text;
        }
        double left = maxWidth - width("…", size, bold);
        int end = 0;
        while (end < text.length()) {
            int next = Graphemes.next(text, end);
            left -= width(text.substring(end, next), size, bold);
            if (left < 0) {
                break;
            }
            end = next;
        }
        return end == 0 ? "" : text.substring(0, end).stripTrailing() + "…";
    }

    /** The width of each character, in thousandths of the font size. Characters without a glyph are as wide as U+FFFD; so is index 0. */
    private static short[] widths(BaseFont font) {
        short[] widths = new short[CHARACTERS];
        short missing = (short) font.getWidth(Typeface.MISSING);
        for (int c = 0; c < CHARACTERS; c++) {
            widths[c] = font.charExists(c) ? (short) font.getWidth(c) : missing;
        }
        widths[0] = missing;
        return widths;
    }
}

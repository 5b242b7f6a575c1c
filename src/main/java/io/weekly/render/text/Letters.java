package io.weekly.render.text;

import org.openpdf.text.pdf.BaseFont;

/**
 * How wide a text is in our font, so that a chart knows what fits before it is drawn. Read once out of the font: what stands here is a
 * table of numbers that any thread may read, where a {@link BaseFont} belongs to one document. Trap: like {@link Typeface}, of which it
 * is made, a native image initialises it when it runs (application.properties).
 */
public final class Letters {
    private static final int KNOWN = 0x2600;
    private static final short[] REGULAR;
    private static final short[] BOLD;

    static {
        Typeface typeface = new Typeface();
        REGULAR = widths(typeface.font(false));
        BOLD = widths(typeface.font(true));
    }

    private Letters() {}

    public static double width(String text, double size, boolean bold) {
        short[] widths = bold ? BOLD : REGULAR;
        int sum = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (!Character.isLowSurrogate(c)) {
                sum += c < KNOWN && !Character.isHighSurrogate(c) ? widths[c] : widths[0];
            }
        }
        return sum * size / 1000;
    }

    /** The text, or as much of its beginning as there is room for, with an ellipsis; nothing where not even that fits. */
    public static String fit(String text, double size, boolean bold, double room) {
        if (width(text, size, bold) <= room + 0.01) {
            return text;
        }
        double left = room - width("…", size, bold);
        int end = 0;
        while (end < text.length()) {
            int next = text.offsetByCodePoints(end, 1);
            left -= width(text.substring(end, next), size, bold);
            if (left < 0) {
                break;
            }
            end = next;
        }
        return end == 0 ? "" : text.substring(0, end).stripTrailing() + "…";
    }

    /** What the font lacks is drawn as U+FFFD and is as wide as that; its width stands at 0. */
    private static short[] widths(BaseFont font) {
        short[] widths = new short[KNOWN];
        short missing = (short) font.getWidth(Typeface.MISSING);
        for (int c = 0; c < KNOWN; c++) {
            widths[c] = font.charExists(c) ? (short) font.getWidth(c) : missing;
        }
        widths[0] = missing;
        return widths;
    }
}

package io.weekly.render.text;

import java.text.Normalizer;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Replaces characters that the font does not have by U+FFFD, and counts them, so that a report can say how many its reader cannot read. A
 * document has its own instance.
 *
 * <p>Trap: OpenPDF draws nothing for a missing glyph. It also does not position combining accents, so texts are converted to composed
 * characters (NFC).
 */
public final class VisibleText {
    /** U+FFFD. */
    public static final char REPLACEMENT = (char) Typeface.MISSING;
    private static final int MAX_EXAMPLES = 10;
    private static final int ZERO_WIDTH_SPACE = 0x200B;
    private static final int NEXT_LINE = 0x85;
    private static final int LINE_SEPARATOR = 0x2028;
    private static final int PARAGRAPH_SEPARATOR = 0x2029;

    private final Set<Integer> examples = new LinkedHashSet<>();
    private int count;

    /** The text as the font can show it. */
    public String of(String text) {
        String composed = Normalizer.normalize(text, Normalizer.Form.NFC);
        StringBuilder visible = new StringBuilder(composed.length());
        composed.codePoints().forEach(c -> {
            if (isSpace(c)) {
                visible.appendCodePoint(isDrawn(c) ? c : ' ');
            } else if (isShown(c)) {
                visible.appendCodePoint(c);
            } else if (!isInvisible(c)) {
                visible.appendCodePoint(Typeface.MISSING);
                add(c);
            }
        });
        return visible.toString();
    }

    /** A space that the font does not have becomes one that it has, and a line separator too: OpenPDF would draw nothing. */
    private static boolean isSpace(int c) {
        return Character.isWhitespace(c) || Character.isSpaceChar(c) || c == NEXT_LINE;
    }

    /** Trap: the font has glyphs without a width for the separators of lines and paragraphs. */
    private static boolean isDrawn(int space) {
        return space < ' ' || Typeface.covers(space) && space != LINE_SEPARATOR && space != PARAGRAPH_SEPARATOR;
    }

    /** U+FFFD itself stands for a character that was lost before: a control character, or one that the data had lost already. */
    private static boolean isShown(int c) {
        return c == ZERO_WIDTH_SPACE || c != Typeface.MISSING && Typeface.covers(c) && Character.getType(c) != Character.FORMAT;
    }

    /** Joiners, direction marks and variation selectors, which have no glyph in any font. */
    private static boolean isInvisible(int c) {
        return Character.getType(c) == Character.FORMAT || c >= 0xFE00 && c <= 0xFE0F;
    }

    private void add(int c) {
        count++;
        if (c != Typeface.MISSING && !Character.isISOControl(c) && examples.size() < MAX_EXAMPLES) {
            examples.add(c);
        }
    }

    /** The characters that were replaced so far. */
    public MissingCharacters missing() {
        return new MissingCharacters(count, examples.stream().map(Character::toString).collect(Collectors.joining(" ")));
    }
}

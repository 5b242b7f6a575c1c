package io.weekly.render.text;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import org.openpdf.text.pdf.BaseFont;
import org.xhtmlrenderer.css.constants.IdentValue;
import org.xhtmlrenderer.css.value.FontSpecification;
import org.xhtmlrenderer.layout.SharedContext;
import org.xhtmlrenderer.pdf.FontDescription;
import org.xhtmlrenderer.pdf.FontDescription.Decorations;
import org.xhtmlrenderer.pdf.FontFamily;
import org.xhtmlrenderer.pdf.ITextFSFont;
import org.xhtmlrenderer.pdf.ITextFontResolver;
import org.xhtmlrenderer.render.FSFont;

/**
 * The font family of a document. It is always Noto Sans, even if the style sheet names another family. The PDF contains only the glyphs
 * that it uses.
 *
 * <p>Traps: a {@link BaseFont} records the glyphs that a document uses. So each document needs its own instance, and documents share only
 * the bytes of the font files. Flying Saucer's {@code addFont} reads a private field of OpenPDF by reflection. That fails in a native
 * image, so this class makes the font descriptions itself. Flying Saucer's default fonts (14 Type 1 files) are not loaded.
 */
public final class Typeface extends ITextFontResolver {
    private static final byte[] REGULAR = bytes("NotoSans-Regular.ttf");
    private static final byte[] BOLD = bytes("NotoSans-Bold.ttf");
    /** The character that replaces one that the font does not have: readers see that something is missing. */
    public static final int MISSING = 0xFFFD;

    /** This instance is used only to check whether the font has a glyph, by several threads. No document is written with it. */
    private static final BaseFont COVERAGE = font("NotoSans-Regular.ttf", REGULAR);

    private final BaseFont regular = font("NotoSans-Regular.ttf", REGULAR);
    private final BaseFont bold = font("NotoSans-Bold.ttf", BOLD);
    private final FontDescription regularFace = face(regular, 500);
    private final FontDescription boldFace = face(bold, 900);

    /** The font for drawing text directly, in this document only. */
    public BaseFont font(boolean bold) {
        return bold ? this.bold : regular;
    }

    /** Whether the font has a glyph for this code point. */
    static boolean covers(int codePoint) {
        return COVERAGE.charExists(codePoint);
    }

    /** Whether the font has a glyph for this code point. */
    public boolean shows(int codePoint) {
        return regular.charExists(codePoint);
    }

    /** Weights of 600 and more are bold. The output device slants italics, because the family has no italic font. */
    @Override
    public FSFont resolveFont(SharedContext context, FontSpecification wanted) {
        boolean heavy = convertWeightToInt(wanted.fontWeight()) >= 600;
        return new ITextFSFont(heavy ? boldFace : regularFace, wanted.size());
    }

    @Override
    protected Map<String, FontFamily> loadFonts() {
        return Map.of();
    }

    private static FontDescription face(BaseFont font, int weight) {
        return new FontDescription(font, false, IdentValue.NORMAL, new Decorations(weight, 50, 322, -100, 50));
    }

    private static BaseFont font(String name, byte[] bytes) {
        try {
            return BaseFont.createFont(name, BaseFont.IDENTITY_H, BaseFont.EMBEDDED, BaseFont.NOT_CACHED, bytes, null);
        } catch (IOException e) {
            throw new UncheckedIOException("The font " + name + " cannot be read", e);
        }
    }

    private static byte[] bytes(String name) {
        try (InputStream in = Typeface.class.getResourceAsStream("/fonts/" + name)) {
            if (in == null) {
                throw new IllegalStateException("fonts/" + name + " is missing in this build (quarkus.native.resources.includes?)");
            }
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

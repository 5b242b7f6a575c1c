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
 * The one font family of a document: Noto Sans, embedded as a subset, whatever family a style sheet asks for.
 *
 * <p>Traps: a {@link BaseFont} collects the glyphs it was used for, so each document has its own and only the files' bytes are shared;
 * Flying Saucer's own {@code addFont} reads a private field of OpenPDF by reflection, which a native image forbids, hence the
 * decorations here; its default fonts are fourteen Type 1 files of which we want none.
 */
public final class Typeface extends ITextFontResolver {
    private static final byte[] REGULAR = bytes("NotoSans-Regular.ttf");
    private static final byte[] BOLD = bytes("NotoSans-Bold.ttf");
    public static final int MISSING = 0xFFFD;

    /** Never written with, only asked: that is safe between threads. */
    private static final BaseFont COVERAGE = font("NotoSans-Regular.ttf", REGULAR);

    private final BaseFont regular = font("NotoSans-Regular.ttf", REGULAR);
    private final BaseFont bold = font("NotoSans-Bold.ttf", BOLD);
    private final FontDescription regularFace = face(regular, 500);
    private final FontDescription boldFace = face(bold, 900);

    public BaseFont font(boolean heavy) {
        return heavy ? bold : regular;
    }

    /** Whether our font has a glyph for it. */
    static boolean covers(int codePoint) {
        return COVERAGE.charExists(codePoint);
    }

    public boolean shows(int codePoint) {
        return regular.charExists(codePoint);
    }

    /** Weights up to 500 are regular, else bold, and never thickened; italics are slanted by the output device where the font has none. */
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
            throw new UncheckedIOException("The font " + name + " of this application cannot be read", e);
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

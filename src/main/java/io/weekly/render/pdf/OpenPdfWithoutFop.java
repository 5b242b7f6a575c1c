package io.weekly.render.pdf;

import com.oracle.svm.core.annotate.Substitute;
import com.oracle.svm.core.annotate.TargetClass;
import java.util.Map;
import org.openpdf.text.pdf.BaseFont;

/**
 * In a native image only: OpenPDF without the part that shapes text by Apache FOP. FOP is an optional library that is not here and OpenPDF
 * looks before it calls it, but a native image links every class that it holds when it is built, and would not be built.
 */
@TargetClass(className = "org.openpdf.text.pdf.FopGlyphProcessor")
final class OpenPdfWithoutFop {

    private OpenPdfWithoutFop() {}

    @Substitute
    public static byte[] convertToBytesWithGlyphs(
            BaseFont font, String text, String fileName, Map<Integer, int[]> longTag, String language) {
        throw new UnsupportedOperationException("Apache FOP is not part of this build");
    }
}

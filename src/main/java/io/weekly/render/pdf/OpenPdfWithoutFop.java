package io.weekly.render.pdf;

import com.oracle.svm.core.annotate.Substitute;
import com.oracle.svm.core.annotate.TargetClass;
import java.util.Map;
import org.openpdf.text.pdf.BaseFont;

/**
 * For native images only: removes the part of OpenPDF that shapes text with Apache FOP. FOP is an optional library that this build does not
 * have. At run time OpenPDF checks whether FOP exists before it calls FOP. But a native image links all classes when it is built, and that
 * fails without FOP.
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

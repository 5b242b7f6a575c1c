package io.weekly.dev;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import javax.imageio.ImageIO;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.rendering.ImageType;
import org.apache.pdfbox.rendering.PDFRenderer;

/** The pages of a PDF as images: a browser's own viewer forgets where one was whenever the file changes. */
final class PdfPages {
    private static final int DPI = 144;

    private PdfPages() {}

    static int count(byte[] pdf) throws IOException {
        try (var document = Loader.loadPDF(pdf)) {
            return document.getNumberOfPages();
        }
    }

    /** {@code number} counts from 1. */
    static byte[] png(byte[] pdf, int number) throws IOException {
        try (var document = Loader.loadPDF(pdf)) {
            BufferedImage image = new PDFRenderer(document).renderImageWithDPI(number - 1, DPI, ImageType.RGB);
            var png = new ByteArrayOutputStream(200_000);
            ImageIO.write(image, "png", png);
            return png.toByteArray();
        }
    }
}

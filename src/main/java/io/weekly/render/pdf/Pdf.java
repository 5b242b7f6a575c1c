package io.weekly.render.pdf;

import io.weekly.render.RenderException;
import io.weekly.render.RenderStopped;
import io.weekly.render.brand.LogoImage;
import io.weekly.render.text.Typeface;
import io.weekly.render.text.VisibleText;
import jakarta.inject.Singleton;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Optional;
import org.openpdf.text.pdf.PdfName;
import org.openpdf.text.pdf.PdfObject;
import org.openpdf.text.pdf.PdfString;
import org.openpdf.text.pdf.PdfWriter;
import org.w3c.dom.Document;
import org.xhtmlrenderer.layout.Layer;
import org.xhtmlrenderer.pdf.DefaultPDFCreationListener;
import org.xhtmlrenderer.pdf.ITextOutputDevice;
import org.xhtmlrenderer.pdf.ITextRenderer;
import org.xhtmlrenderer.pdf.PDFEncryption;
import org.xhtmlrenderer.render.BlockBox;
import org.xhtmlrenderer.util.XRLog;

/**
 * Renders XHTML to PDF. Blocking and CPU-bound: call it on the render pool only. Title, author and language come from the page's
 * {@code title}, {@code meta name="author"} and {@code lang}; its headings become bookmarks.
 *
 * <p>Traps: the renderer, the output device and the fonts have state, so each document has its own instances. Threads share only the bytes
 * of the fonts. Flying Saucer logs about a dozen lines for every document, so its log is switched off for the whole process.
 */
@Singleton
public class Pdf {
    private static final int DOTS_PER_PIXEL = ITextRenderer.DEFAULT_DOTS_PER_PIXEL;
    private static final float DOTS_PER_POINT = ITextRenderer.DEFAULT_DOTS_PER_POINT;

    private static final int MAX_PAGES = 5_000;

    static {
        XRLog.setLoggingEnabled(false);
    }

    /**
     * Renders a page without a logo and without a password. Errors name {@code file}, such as {@code weekly-business/report.html}.
     *
     * @throws RenderException if the page is not XHTML, or cannot be laid out
     */
    public byte[] render(String file, String xhtml) {
        return render(file, xhtml, Optional.empty(), Optional.empty()).bytes();
    }

    /**
     * Renders a page. An {@code img} with the {@link LogoImage#dataUri} shows the tenant's logo.
     *
     * <p>With a password the PDF is encrypted with AES-256 (PDF 2.0, revision 6), including its properties and bookmarks. Readers may print
     * it. The owner password, which would allow changes, is random and nobody knows it.
     *
     * @throws RenderException if the page is not XHTML, or cannot be laid out
     */
    public PdfFile render(String file, String xhtml, Optional<LogoImage> logo, Optional<String> password) {
        Typeface typeface = new Typeface();
        VisibleText visible = new VisibleText();
        try {
            Document document = new XhtmlParser(visible).parse(file, xhtml);
            Bookmarks.add(document);
            ITextOutputDevice device = new ITextOutputDevice(DOTS_PER_POINT);
            EmbeddedImages images = new EmbeddedImages(device, DOTS_PER_PIXEL);
            ITextRenderer renderer = new ITextRenderer(
                    DOTS_PER_POINT, DOTS_PER_PIXEL, device, images, typeface, new ReplacedElements(typeface, visible, images, logo),
                    new VisibleTextRenderer(visible));
            renderer.setPDFProducer("Weekly Reports");
            renderer.setPDFCreator("Weekly Reports");
            renderer.setListener(new Properties(document.getDocumentElement().getAttribute("lang")));
            password.ifPresent(text -> renderer.setPDFEncryption(encryption(text)));
            renderer.setDocument(document);
            renderer.layout();
            checkPages(file, renderer);
            ByteArrayOutputStream pdf = new ByteArrayOutputStream(64 * 1024);
            renderer.createPDF(pdf);
            return new PdfFile(pdf.toByteArray(), visible.missing(), images.leftOut());
        } catch (RenderException | RenderStopped e) {
            throw e;
        } catch (StackOverflowError e) {
            throw new RenderException(file, 0, "its elements are nested too deeply", e);
        } catch (RuntimeException e) {
            throw new RenderException(file, 0, "cannot be laid out: " + e.getMessage(), e);
        }
    }

    /** A style sheet can ask for a million pages with one height or margin. */
    private static void checkPages(String file, ITextRenderer renderer) {
        BlockBox root = renderer.getRootBox();
        Layer layer = root == null ? null : root.getLayer();
        int pages = layer == null ? 0 : layer.getPages().size();
        if (pages > MAX_PAGES) {
            throw new RenderException(file, 0, "it has %d pages, and a report has at most %d".formatted(pages, MAX_PAGES), null);
        }
    }

    private static PDFEncryption encryption(String password) {
        byte[] owner = new byte[32];
        new SecureRandom().nextBytes(owner);
        return new PDFEncryption(
                password.getBytes(StandardCharsets.UTF_8), owner, PdfWriter.ALLOW_PRINTING | PdfWriter.ALLOW_SCREENREADERS,
                PdfWriter.ENCRYPTION_AES_256_V3);
    }

    /** Sets the language, for screen readers, and shows the title instead of the file name in the window. */
    private static final class Properties extends DefaultPDFCreationListener {
        private final String language;

        Properties(String language) {
            this.language = language;
        }

        @Override
        public void preOpen(ITextRenderer renderer) {
            PdfWriter writer = renderer.getWriter();
            if (writer == null) {
                throw new IllegalStateException("Flying Saucer opens the document without a writer");
            }
            if (!language.isEmpty()) {
                writer.getExtraCatalog().put(PdfName.LANG, new PdfString(language, PdfObject.TEXT_UNICODE));
            }
            writer.setViewerPreferences(PdfWriter.DisplayDocTitle);
        }
    }
}

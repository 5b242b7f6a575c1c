package io.weekly.render.brand;

import io.weekly.render.image.Raster;
import io.weekly.render.svg.SvgNode;
import io.weekly.render.svg.SvgPainter;
import io.weekly.render.text.Typeface;
import java.io.OutputStream;
import java.util.Base64;
import java.util.Optional;
import org.openpdf.text.Document;
import org.openpdf.text.Image;
import org.openpdf.text.pdf.PdfWriter;

/**
 * A tenant's logo that was decoded, or drawn, once before any report shows it. Immutable: kept for as long as it is in use, and shown
 * by many threads.
 *
 * <p>In a page it is its own {@code data:} URI, so that the same page can be looked at in a browser. {@link Drawings} knows it by that
 * and draws an SVG from what is here; no other SVG is ever drawn, whatever URI the data bring.
 */
public final class LogoImage {
    public static final String SVG = "image/svg+xml";
    /** What it may weigh in a mail, which each recipient gets by itself. */
    private static final int MOST_BYTES_IN_MAIL = 64 * 1024;

    private final String mediaType;
    private final byte[] bytes;
    private final String dataUri;
    private final SvgNode svg;

    private LogoImage(String mediaType, byte[] bytes, SvgNode svg) {
        this.mediaType = mediaType;
        this.bytes = bytes;
        this.dataUri = "data:" + mediaType + ";base64," + Base64.getEncoder().encodeToString(bytes);
        this.svg = svg;
    }

    /**
     * Decodes it. CPU-bound, like rendering.
     *
     * @throws IllegalArgumentException with the reason why no report can show it
     */
    public static LogoImage of(String mediaType, byte[] bytes) {
        try {
            if (!mediaType.equals(SVG)) {
                Image image = Raster.of(bytes, Raster.MAX_LOGO_PIXELS);
                Raster.checkPixels((long) image.getWidth(), (long) image.getHeight(), Raster.MAX_LOGO_PIXELS);
                return new LogoImage(mediaType, bytes, null);
            }
            LogoImage logo = new LogoImage(mediaType, bytes, SvgNode.parse(bytes));
            logo.draw();
            return logo;
        } catch (IllegalArgumentException e) {
            throw e;
        } catch (RuntimeException e) {
            throw new IllegalArgumentException("cannot be read: " + e, e);
        } catch (OutOfMemoryError | StackOverflowError e) {
            // Both are gone with what it had allocated; reports go on without this logo instead of ending with the process.
            throw new IllegalArgumentException("takes more memory than there is: " + e, e);
        }
    }

    /** On a page that nobody sees: what can fail fails now. */
    private void draw() {
        Document document = new Document();
        PdfWriter writer = PdfWriter.getInstance(document, OutputStream.nullOutputStream());
        document.open();
        Typeface typeface = new Typeface();
        new SvgPainter(writer.getDirectContent().createTemplate(100, 100), typeface).draw(svg);
    }

    /** What an {@code img} in a report names. */
    public String dataUri() {
        return dataUri;
    }

    public String mediaType() {
        return mediaType;
    }

    /** Its bytes, not to be changed. */
    public byte[] bytes() {
        return bytes;
    }

    /** Whether mail programs show it: they draw no SVG. */
    public boolean fitsMail() {
        return svg == null && bytes.length <= MOST_BYTES_IN_MAIL;
    }

    /** Its elements, where it is an SVG. */
    public Optional<SvgNode> svg() {
        return Optional.ofNullable(svg);
    }
}

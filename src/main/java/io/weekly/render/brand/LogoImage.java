package io.weekly.render.brand;

import io.weekly.render.RenderStopped;
import io.weekly.render.image.Picture;
import io.weekly.render.image.Raster;
import io.weekly.render.svg.SvgNode;
import io.weekly.render.svg.SvgPainter;
import io.weekly.render.text.Typeface;
import io.weekly.render.text.VisibleText;
import io.weekly.text.Warning;
import java.io.OutputStream;
import java.util.Base64;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.openpdf.text.Document;
import org.openpdf.text.pdf.PdfWriter;

/**
 * A tenant's logo. It is decoded or drawn once when it is created, so reports never use a logo that cannot be shown. It is immutable, so
 * several threads may use it.
 *
 * <p>A page refers to it by its {@code data:} URI, so a browser shows the same page. The PDF renderer recognises an SVG logo by that URI
 * and draws its parsed elements. It never draws another SVG, whatever URI the data contain.
 */
public final class LogoImage {
    /** The media type of SVG. */
    public static final String SVG = "image/svg+xml";
    /** Each mail contains the logo, so it must be small. */
    public static final int MAX_BYTES_IN_MAIL = 64 * 1024;

    private final String mediaType;
    private final byte[] bytes;
    private final String dataUri;
    private final @Nullable SvgNode svg;
    private final Optional<Warning> missing;

    private LogoImage(String mediaType, byte[] bytes, @Nullable SvgNode svg, Optional<Warning> missing) {
        this.mediaType = mediaType;
        this.bytes = bytes;
        this.dataUri = "data:" + mediaType + ";base64," + Base64.getEncoder().encodeToString(bytes);
        this.svg = svg;
        this.missing = missing;
    }

    /**
     * Decodes a logo. CPU-bound, like rendering.
     *
     * @throws IllegalArgumentException with the reason why a report cannot show it
     */
    public static LogoImage of(String mediaType, byte[] bytes) {
        try {
            if (!mediaType.equals(SVG)) {
                Picture image = Raster.of(bytes, Raster.MAX_LOGO_PIXELS);
                Raster.checkPixels((long) image.width(), (long) image.height(), Raster.MAX_LOGO_PIXELS);
                return new LogoImage(mediaType, bytes, null, Optional.empty());
            }
            SvgNode svg = SvgNode.parse(bytes);
            return new LogoImage(mediaType, bytes, svg, drawOnce(svg));
        } catch (IllegalArgumentException | RenderStopped e) {
            throw e;
        } catch (RuntimeException e) {
            throw new IllegalArgumentException("cannot be drawn (%s)".formatted(e.getClass().getSimpleName()), e);
        } catch (OutOfMemoryError | StackOverflowError e) {
            // The memory is free again at this point. It is better to make reports without this logo than to end the process.
            throw new IllegalArgumentException("takes too much memory to draw", e);
        }
    }

    /** Draws the logo on a page that is not used, so that faults are found now and not in a report. Returns the missing characters. */
    private static Optional<Warning> drawOnce(SvgNode svg) {
        VisibleText visible = new VisibleText();
        Document document = new Document();
        PdfWriter writer = PdfWriter.getInstance(document, OutputStream.nullOutputStream());
        document.open();
        SvgPainter.draw(svg, writer.getDirectContent().createTemplate(100, 100), new Typeface(), visible);
        return visible.missing().warning("the logo");
    }

    /** The {@code src} of an {@code img} in a report. */
    public String dataUri() {
        return dataUri;
    }

    /** The media type of the file. */
    public String mediaType() {
        return mediaType;
    }

    /** The bytes of the file. Callers must not change them. */
    public byte[] bytes() {
        return bytes;
    }

    /** Whether a mail can show the logo: it must be small, and mail programs show no SVG. */
    public boolean fitsMail() {
        return fitsMail(mediaType, bytes);
    }

    /** Whether a mail can show this file as the logo. */
    public static boolean fitsMail(String mediaType, byte[] bytes) {
        return !mediaType.equals(SVG) && bytes.length <= MAX_BYTES_IN_MAIL;
    }

    /** A warning if the font does not have all characters of an SVG's texts. */
    public Optional<Warning> missing() {
        return missing;
    }

    /** The elements of an SVG; empty for other media types. */
    public Optional<SvgNode> svg() {
        return Optional.ofNullable(svg);
    }
}

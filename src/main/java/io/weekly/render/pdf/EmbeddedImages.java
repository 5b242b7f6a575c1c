package io.weekly.render.pdf;

import io.quarkus.runtime.annotations.RegisterForReflection;
import io.weekly.render.image.Picture;
import io.weekly.render.image.Raster;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URLConnection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;
import org.openpdf.text.Image;
import org.openpdf.text.ImgRaw;
import org.openpdf.text.Jpeg;
import org.xhtmlrenderer.pdf.ITextFSImage;
import org.xhtmlrenderer.pdf.ITextOutputDevice;
import org.xhtmlrenderer.pdf.ITextUserAgent;
import org.xhtmlrenderer.resource.CSSResource;
import org.xhtmlrenderer.resource.ImageResource;
import org.xhtmlrenderer.resource.XMLResource;
import org.xhtmlrenderer.simple.extend.XhtmlNamespaceHandler;

/**
 * Loads the PNG and JPEG images that are inside of a document as {@code data:} URIs, and nothing else: no http, file, jar, classpath or
 * style sheet. If an image is refused, the report shows nothing in its place. The report does not fail.
 *
 * <p>Traps: Flying Saucer's agents open every URL in attributes and styles, so every method that opens one is overridden here. Flying
 * Saucer's default style sheet is loaded through this class too, by the URL of a resource; without it paragraphs are not blocks.
 */
@RegisterForReflection(targets = {Jpeg.class, ImgRaw.class}) // OpenPDF finds the constructor that copies an image by reflection
final class EmbeddedImages extends ITextUserAgent {
    private static final Logger LOG = Logger.getLogger(EmbeddedImages.class);
    /** One megabyte in base64. */
    private static final int MAX_URI_LENGTH = (1 << 20) * 4 / 3 + 100;
    /** Of all PNGs in one document: a few kilobytes can unpack to millions of pixels. A4 at 300 dpi has nine million. */
    private static final long MAX_PIXELS = 32_000_000;
    private static final String DEFAULT_STYLE = "/resources/css/XhtmlNamespaceHandler.css";
    private static final byte[] DEFAULT_STYLE_BYTES = defaultStyle();

    private final int dotsPerPixel;
    /** The images of the document by URI: an image in each row of a table is unpacked once. */
    private final Map<String, Optional<Picture>> images = new HashMap<>();
    private long pixelsLeft = MAX_PIXELS;

    EmbeddedImages(ITextOutputDevice device, int dotsPerPixel) {
        super(device, dotsPerPixel);
        this.dotsPerPixel = dotsPerPixel;
    }

    /** Of a background too, which is not turned: Flying Saucer draws it itself. */
    @Override
    public ImageResource getImageResource(String uri) {
        // A copy for each place: OpenPDF stores position and size in the image.
        return new ImageResource(uri, find(uri).map(Picture::image).map(Image::getInstance).map(ITextFSImage::new).orElse(null));
    }

    /** How many images the document names that it cannot show. */
    int leftOut() {
        return (int) images.entrySet().stream().filter(image -> image.getValue().isEmpty() && !image.getKey().isBlank()).count();
    }

    /** The image of an {@code img}; empty if it is refused. */
    Optional<Picture> find(String uri) {
        return images.computeIfAbsent(String.valueOf(uri), this::read);
    }

    private Optional<Picture> read(String uri) {
        Optional<Picture> image = uri.length() > MAX_URI_LENGTH ? Optional.empty() : Raster.fromDataUri(uri, pixelsLeft);
        image.map(Picture::image).ifPresentOrElse(this::scale, () -> refused(uri));
        return image;
    }

    private void scale(Image image) {
        if (!(image instanceof Jpeg)) {
            pixelsLeft -= (long) image.getPlainWidth() * (long) image.getPlainHeight();
        }
        image.scaleAbsolute(image.getPlainWidth() * dotsPerPixel, image.getPlainHeight() * dotsPerPixel);
    }

    @Override
    public CSSResource getCSSResource(@Nullable String uri) {
        // Compared by its end: the start of the URL differs between a jar, dev mode and a native image. Any URL with this end gets the same
        // bytes.
        if (uri != null && uri.endsWith(DEFAULT_STYLE)) {
            return new CSSResource(new ByteArrayInputStream(DEFAULT_STYLE_BYTES));
        }
        refused(uri);
        return new CSSResource(InputStream.nullInputStream());
    }

    @Override
    public XMLResource getXMLResource(String uri) {
        refused(uri);
        return XMLResource.load(new ByteArrayInputStream("<none/>".getBytes()));
    }

    @Override
    public byte @Nullable [] getBinaryResource(String uri) {
        refused(uri);
        return null;
    }

    @Override
    protected @Nullable InputStream resolveAndOpenStream(@Nullable String uri) {
        refused(uri);
        return null;
    }

    @Override
    protected InputStream openStream(String uri) {
        refused(uri);
        return InputStream.nullInputStream();
    }

    @Override
    protected URLConnection openConnection(String uri) {
        throw new IllegalStateException("A report may not open a connection");
    }

    @Override
    public @Nullable String resolveURI(@Nullable String uri) {
        return uri;
    }

    private static byte[] defaultStyle() {
        try (InputStream in = XhtmlNamespaceHandler.class.getResourceAsStream(DEFAULT_STYLE)) {
            if (in == null) {
                throw new IllegalStateException("Flying Saucer's default style sheet is missing in this build");
            }
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void refused(@Nullable String uri) {
        LOG.debugf("A report refers to %.80s, which it may not load", uri);
    }
}

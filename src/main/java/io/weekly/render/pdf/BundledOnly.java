package io.weekly.render.pdf;

import io.quarkus.runtime.annotations.RegisterForReflection;
import io.weekly.render.image.Raster;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URL;
import java.net.URLConnection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jboss.logging.Logger;
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
 * What a document may load: PNG and JPEG images that are in it already, as {@code data:} URIs, and nothing else. No http, file, jar,
 * classpath or style sheet is opened, and a refusal costs the report an image, never its life.
 *
 * <p>Traps: Flying Saucer's agents open any URL they meet, in attributes as in styles; every way in is closed here, not only some. Its
 * own default style sheet comes through here too, by the URL of a resource: without it a paragraph is no block and a table no table.
 */
@RegisterForReflection(targets = {Jpeg.class, ImgRaw.class}) // OpenPDF copies an image by the constructor that it finds in its class
final class BundledOnly extends ITextUserAgent {
    private static final Logger LOG = Logger.getLogger(BundledOnly.class);
    /** A megabyte in base64. */
    private static final int MOST_CHARACTERS = (1 << 20) * 4 / 3 + 100;
    /** Of all PNGs in one document, since a few kilobytes of each can say that they are millions: A4 in 300 dpi is nine. */
    private static final long MOST_PIXELS = 32_000_000;
    private static final String DEFAULT_STYLE = "/resources/css/XhtmlNamespaceHandler.css";
    private static final byte[] DEFAULT_STYLE_BYTES = read(XhtmlNamespaceHandler.class.getResource(DEFAULT_STYLE));

    private final int dotsPerPixel;
    /** Those of the one document that this is made for, by URI; an image that is in each row of a table is unpacked once. */
    private final Map<String, Optional<Image>> images = new HashMap<>();
    private long pixelsLeft = MOST_PIXELS;

    BundledOnly(ITextOutputDevice device, int dotsPerPixel) {
        super(device, dotsPerPixel);
        this.dotsPerPixel = dotsPerPixel;
    }

    @Override
    public ImageResource getImageResource(String uri) {
        // A copy each time it is shown: OpenPDF keeps place and size in it.
        Optional<Image> image = images.computeIfAbsent(String.valueOf(uri), this::read);
        return new ImageResource(uri, image.map(Image::getInstance).map(ITextFSImage::new).orElse(null));
    }

    private Optional<Image> read(String uri) {
        Optional<Image> image = uri.length() > MOST_CHARACTERS ? Optional.empty() : Raster.in(uri, pixelsLeft);
        image.ifPresentOrElse(this::toScale, () -> refused(uri));
        return image;
    }

    private void toScale(Image image) {
        if (!(image instanceof Jpeg)) {
            pixelsLeft -= (long) image.getPlainWidth() * (long) image.getPlainHeight();
        }
        image.scaleAbsolute(image.getPlainWidth() * dotsPerPixel, image.getPlainHeight() * dotsPerPixel);
    }

    @Override
    public CSSResource getCSSResource(String uri) {
        // By its end: before it stands what a class loader makes of it, which differs between a jar, dev mode and a native image. Whoever
        // names it so gets these bytes and no others.
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
    public byte[] getBinaryResource(String uri) {
        refused(uri);
        return null;
    }

    @Override
    protected InputStream resolveAndOpenStream(String uri) {
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
        throw new IllegalStateException("A report opens no connection");
    }

    @Override
    public String resolveURI(String uri) {
        return uri;
    }

    private static byte[] read(URL resource) {
        try (InputStream in = resource.openStream()) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException("Flying Saucer's default style sheet is missing in this build", e);
        }
    }

    private static void refused(String uri) {
        LOG.debugf("A report asked for %.80s, which reports may not load", uri);
    }
}

package io.weekly.render;

import io.quarkus.runtime.annotations.RegisterForReflection;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URL;
import java.net.URLConnection;
import java.nio.ByteBuffer;
import java.util.Base64;
import org.jboss.logging.Logger;
import org.openpdf.text.Jpeg;
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
@RegisterForReflection(targets = Jpeg.class) // OpenPDF copies an image by the constructor that it finds in its class
final class BundledOnly extends ITextUserAgent {
    private static final Logger LOG = Logger.getLogger(BundledOnly.class);
    private static final int MOST_BYTES = 1 << 20;
    private static final long MOST_PIXELS = 16_000_000;
    private static final String DEFAULT_STYLE = "/resources/css/XhtmlNamespaceHandler.css";
    private static final byte[] DEFAULT_STYLE_BYTES = read(XhtmlNamespaceHandler.class.getResource(DEFAULT_STYLE));

    BundledOnly(ITextOutputDevice device, int dotsPerPixel) {
        super(device, dotsPerPixel);
    }

    @Override
    public ImageResource getImageResource(String uri) {
        try {
            if (allowed(uri)) {
                return super.getImageResource(uri);
            }
        } catch (RuntimeException e) {
            LOG.debugf(e, "An image in a report cannot be read");
            return new ImageResource(uri, null);
        }
        refused(uri);
        return new ImageResource(uri, null);
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

    private static boolean allowed(String uri) {
        int comma = uri == null ? -1 : uri.indexOf(',');
        if (comma < 0 || uri.length() > MOST_BYTES * 4 / 3 + 100) {
            return false;
        }
        byte[] image = switch (uri.substring(0, comma)) {
            case "data:image/png;base64", "data:image/jpeg;base64" -> Base64.getMimeDecoder().decode(uri.substring(comma + 1));
            default -> new byte[0];
        };
        return jpeg(image) || png(image);
    }

    private static boolean jpeg(byte[] image) {
        return image.length > 3 && (image[0] & 0xff) == 0xff && (image[1] & 0xff) == 0xd8 && (image[2] & 0xff) == 0xff;
    }

    /** With a look at the size it says it has: a small file may unpack to gigabytes. */
    private static boolean png(byte[] image) {
        if (image.length < 33 || ByteBuffer.wrap(image).getLong() != 0x89504e470d0a1a0aL) {
            return false;
        }
        long pixels = (long) ByteBuffer.wrap(image).getInt(16) * ByteBuffer.wrap(image).getInt(20);
        return pixels > 0 && pixels <= MOST_PIXELS;
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

package io.weekly.render.image;

import io.weekly.render.RenderStopped;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jboss.logging.Logger;
import org.openpdf.text.Image;

/** Decodes raster images (PNG and JPEG) for a PDF. */
public final class Raster {
    /** The limit is low because a logo is decoded again for each report. Two million pixels are 17 by 8 cm at 300 dpi. */
    public static final long MAX_LOGO_PIXELS = 2_000_000;

    private static final Logger LOG = Logger.getLogger(Raster.class);
    private static final Pattern DATA = Pattern.compile("data:(?:image/png|image/jpeg);base64,([A-Za-z0-9+/=%\\s]++)");

    private Raster() {}

    /** The image of a {@code data:} URI; empty if the URI has no image, or {@link #of} refuses it. */
    public static Optional<Picture> fromDataUri(String uri, long maxPixels) {
        try {
            return Optional.of(ofDataUri(uri, maxPixels));
        } catch (IllegalArgumentException e) {
            LOG.debugf(e, "An image in a report cannot be read");
            return Optional.empty();
        }
    }

    /**
     * The image of a {@code data:} URI.
     *
     * @throws IllegalArgumentException with the reason why it cannot be shown
     */
    public static Picture ofDataUri(String uri, long maxPixels) {
        Matcher data = DATA.matcher(uri);
        if (!data.matches()) {
            throw new IllegalArgumentException("is not embedded as PNG or JPEG in base64");
        }
        return of(bytes(data.group(1)), maxPixels);
    }

    private static byte[] bytes(String base64) {
        // A URI may have percent escapes (RFC 3986, 2.1). A plus is a character of base64 here, not a space.
        String plain = base64.indexOf('%') < 0 ? base64 : URLDecoder.decode(base64.replace("+", "%2B"), StandardCharsets.ISO_8859_1);
        return Base64.getMimeDecoder().decode(plain);
    }

    /**
     * Decodes an image.
     *
     * @param maxPixels of a PNG, which is unpacked; a JPEG goes into the PDF as it is
     * @throws IllegalArgumentException with the reason why it cannot be shown
     */
    public static Picture of(byte[] bytes, long maxPixels) {
        if (Png.isPng(bytes)) {
            return new Picture(Png.read(bytes, maxPixels), Orientation.NORMAL);
        }
        if (!JpegHeader.isJpeg(bytes)) {
            throw new IllegalArgumentException("is not a PNG or JPEG");
        }
        try {
            Orientation orientation = JpegHeader.of(bytes).orientation();
            return new Picture(Image.getInstance(bytes), orientation);
        } catch (IllegalArgumentException | RenderStopped e) {
            throw e;
        } catch (IOException | RuntimeException e) {
            throw new IllegalArgumentException("cannot be decoded: " + e.getMessage(), e);
        }
    }

    /**
     * Checks the size that the header of an image claims, before anything is unpacked: 200 KB may claim gigabytes.
     *
     * @throws IllegalArgumentException if the image is too large
     */
    public static void checkPixels(long width, long height, long max) {
        if (width < 1 || height < 1 || width > max || width * height > max) {
            throw new IllegalArgumentException("has %d × %d pixels; the maximum is %d in total".formatted(width, height, max));
        }
    }
}

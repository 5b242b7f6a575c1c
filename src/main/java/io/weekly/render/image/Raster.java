package io.weekly.render.image;

import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jboss.logging.Logger;
import org.openpdf.text.Image;

/** A picture made of pixels, PNG or JPEG: whatever a report shows that is not drawn. */
public final class Raster {
    /** A logo is decoded again for each report. At 300 dpi two million pixels are 17 by 8 cm. */
    public static final long MAX_LOGO_PIXELS = 2_000_000;

    private static final Logger LOG = Logger.getLogger(Raster.class);
    private static final Pattern DATA = Pattern.compile("data:(?:image/png|image/jpeg);base64,([A-Za-z0-9+/=%\\s]++)");

    private Raster() {}

    /** One inside a {@code data:} URI; empty where it is none, or {@link #of} refuses it. */
    public static Optional<Image> in(String uri, long mostPixels) {
        Matcher data = DATA.matcher(uri);
        try {
            return data.matches() ? Optional.of(of(bytes(data.group(1)), mostPixels)) : Optional.empty();
        } catch (RuntimeException e) {
            LOG.debugf(e, "An image in a report cannot be read");
            return Optional.empty();
        }
    }

    private static byte[] bytes(String base64) {
        // A URI may have its own escapes (RFC 3986, 2.1); a plus is one of base64's letters.
        String plain = base64.indexOf('%') < 0 ? base64 : URLDecoder.decode(base64.replace("+", "%2B"), StandardCharsets.ISO_8859_1);
        return Base64.getMimeDecoder().decode(plain);
    }

    /**
     * @param mostPixels of a PNG, which has to be unpacked; a JPEG goes into the PDF as it is
     * @throws IllegalArgumentException with the reason why it cannot be shown
     */
    public static Image of(byte[] bytes, long mostPixels) {
        if (Png.is(bytes)) {
            return Png.read(bytes, mostPixels);
        }
        if (bytes.length < 4 || (bytes[0] & 0xff) != 0xff || (bytes[1] & 0xff) != 0xd8) {
            throw new IllegalArgumentException("is no PNG or JPEG");
        }
        try {
            return Image.getInstance(bytes);
        } catch (IOException | RuntimeException e) {
            throw new IllegalArgumentException("cannot be decoded: " + e.getMessage(), e);
        }
    }

    /** Before anything is unpacked: 200 KB can say that they are gigabytes. */
    public static void checkPixels(long width, long height, long most) {
        if (width < 1 || height < 1 || width > most || width * height > most) {
            throw new IllegalArgumentException("has %d × %d pixels; %d in all can be shown".formatted(width, height, most));
        }
    }
}

package io.weekly.tenant.logo;

import io.weekly.audit.Sha256;
import io.weekly.render.brand.LogoImage;
import io.weekly.text.Warning;
import java.util.Optional;

/**
 * A tenant's logo.
 *
 * @param mediaType PNG, JPEG or SVG, without parameters
 * @param sha256 of its bytes, hex
 */
public record Logo(String mediaType, byte[] bytes, String sha256) {

    /** The largest size. */
    public static final int MAX_BYTES = 200 * 1024;

    /** The most pixels in width or height. */
    static final int MAX_SIDE = 4096;

    /** The accepted media types. */
    public static final String PNG = "image/png";
    public static final String JPEG = "image/jpeg";
    public static final String SVG = "image/svg+xml";

    /** The body of a request with its declared type. {@link #check} checks both. */
    public static Logo of(String mediaType, byte[] bytes) {
        return new Logo(mediaType, bytes, Sha256.hex(bytes));
    }

    /**
     * The result of a check.
     *
     * @param fault the reason to refuse the logo; empty if it is valid
     * @param missing a warning if the font does not have all characters of an SVG
     */
    public record Check(Optional<String> fault, Optional<Warning> missing) {

        private static Check refused(String fault) {
            return new Check(Optional.of(fault), Optional.empty());
        }
    }

    /**
     * Checks the bytes themselves, because browsers and PDFs get exactly these bytes.
     * Then it decodes or draws the logo with the code that reports use, so a stored logo is one that reports show. CPU-bound: call it by
     * {@link LogoCheck}.
     */
    public Check check() {
        if (bytes.length == 0) {
            return Check.refused("is empty");
        }
        var found = mediaTypeOf(bytes);
        if (found.isEmpty()) {
            return Check.refused("is no PNG, JPEG or SVG");
        }
        if (!found.get().equals(mediaType)) {
            return Check.refused("is %s, but its Content-Type is %s".formatted(found.get(), mediaType));
        }
        return imageFault(mediaType, bytes).map(Check::refused).orElseGet(this::drawn);
    }

    private Check drawn() {
        try {
            return new Check(Optional.empty(), LogoImage.of(mediaType, bytes).missing());
        } catch (IllegalArgumentException e) {
            return Check.refused(String.valueOf(e.getMessage()));
        }
    }

    /** Why mails leave the logo out, and what to do; empty if they show it. */
    public Optional<String> notInMails() {
        if (LogoImage.fitsMail(mediaType, bytes)) {
            return Optional.empty();
        }
        var reason = mediaType.equals(SVG) ? "mail programs show no SVG" : "it has %d bytes".formatted(bytes.length);
        return Optional.of("Reports show this logo, but mails leave it out, because %s. Mails show a PNG or JPEG of at most %d bytes."
                .formatted(reason, LogoImage.MAX_BYTES_IN_MAIL));
    }

    /** The media type according to the first bytes. */
    private static Optional<String> mediaTypeOf(byte[] bytes) {
        if (PngLogo.matches(bytes)) {
            return Optional.of(PNG);
        }
        if (JpegLogo.matches(bytes)) {
            return Optional.of(JPEG);
        }
        return SvgLogo.matches(bytes) ? Optional.of(SVG) : Optional.empty();
    }

    static Optional<String> imageFault(String mediaType, byte[] bytes) {
        return switch (mediaType) {
            case PNG -> PngLogo.fault(bytes);
            case JPEG -> JpegLogo.fault(bytes);
            case SVG -> SvgLogo.fault(bytes);
            default -> Optional.of("is no image");
        };
    }

    /** The reason to refuse an image of this size; empty if it is acceptable. */
    static Optional<String> sizeFault(int width, int height) {
        return width < 1 || height < 1 || width > MAX_SIDE || height > MAX_SIDE
                ? Optional.of("has %s × %s pixels; 1 to %d a side can be".formatted(
                        Integer.toUnsignedString(width), Integer.toUnsignedString(height), MAX_SIDE))
                : Optional.empty();
    }
}

package io.weekly.tenant.logo;

import io.weekly.audit.Sha256;
import java.util.Optional;

/**
 * A tenant's logo.
 *
 * @param mediaType of its bytes, without parameters
 * @param sha256 of its bytes, hex
 */
public record Logo(String mediaType, byte[] bytes, String sha256) {

    /** What it may weigh. */
    public static final int MAX_BYTES = 200 * 1024;

    /** The most pixels a side may have. */
    static final int MAX_SIDE = 4096;

    public static final String PNG = "image/png";
    public static final String JPEG = "image/jpeg";
    public static final String SVG = "image/svg+xml";

    /** What was sent, as what it says it is; {@link #fault} tells whether it is that. */
    public static Logo of(String mediaType, byte[] bytes) {
        return new Logo(mediaType, bytes, Sha256.hex(bytes));
    }

    /**
     * Why it cannot be taken; empty where it can. The bytes decide: what a browser or a PDF is given later is what was looked at here.
     * Plain Java without AWT, so that it is the same in a native image.
     */
    public Optional<String> fault() {
        if (bytes.length == 0) {
            return Optional.of("is empty");
        }
        var found = mediaTypeOf(bytes);
        if (found.isEmpty()) {
            return Optional.of("is no PNG, JPEG or SVG");
        }
        if (!found.get().equals(mediaType)) {
            return Optional.of("is %s and not, as its Content-Type says, %s".formatted(found.get(), mediaType));
        }
        return imageFault(mediaType, bytes);
    }

    /** What the first bytes say that it is. */
    private static Optional<String> mediaTypeOf(byte[] bytes) {
        if (PngLogo.begins(bytes)) {
            return Optional.of(PNG);
        }
        if (JpegLogo.begins(bytes)) {
            return Optional.of(JPEG);
        }
        return SvgLogo.begins(bytes) ? Optional.of(SVG) : Optional.empty();
    }

    static Optional<String> imageFault(String mediaType, byte[] bytes) {
        return switch (mediaType) {
            case PNG -> PngLogo.fault(bytes);
            case JPEG -> JpegLogo.fault(bytes);
            case SVG -> SvgLogo.fault(bytes);
            default -> Optional.of("is no image");
        };
    }

    /** Whether an image of this size can be shown. */
    static Optional<String> sizeFault(int width, int height) {
        return width < 1 || height < 1 || width > MAX_SIDE || height > MAX_SIDE
                ? Optional.of("has %s × %s pixels; 1 to %d a side can be".formatted(
                        Integer.toUnsignedString(width), Integer.toUnsignedString(height), MAX_SIDE))
                : Optional.empty();
    }
}

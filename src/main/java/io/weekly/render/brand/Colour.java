package io.weekly.render.brand;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** An sRGB colour, with relative luminance and contrast (WCAG 2) to keep text and graphics readable. */
public record Colour(int red, int green, int blue) {
    static final Colour WHITE = new Colour(255, 255, 255);
    /** Dark grey, for text. */
    public static final Colour INK = new Colour(0x1b, 0x1f, 0x24);
    static final Colour BLACK = new Colour(0, 0, 0);
    private static final Pattern HEX = Pattern.compile("#[0-9a-fA-F]{6}");

    /** Parses {@code #rrggbb}. Anything else becomes {@code otherwise}: a report must not fail because of a colour. */
    public static Colour parse(@Nullable String hex, Colour otherwise) {
        if (hex == null || !HEX.matcher(hex.strip()).matches()) {
            return otherwise;
        }
        int rgb = Integer.parseInt(hex.strip().substring(1), 16);
        return new Colour(rgb >> 16, rgb >> 8 & 0xff, rgb & 0xff);
    }

    /** A mix with another colour, whose share is 0 to 1. */
    Colour mixedWith(Colour other, double share) {
        return new Colour(
                (int) Math.round(red + (other.red - red) * share),
                (int) Math.round(green + (other.green - green) * share),
                (int) Math.round(blue + (other.blue - blue) * share));
    }

    /**
     * This colour, darkened only as much as needed for this contrast with white. The saturation increases at the same time, so a yellow
     * becomes amber. If it were mixed with black, it would become a dull olive.
     */
    Colour readableOnWhite(double contrast) {
        Colour colour = this;
        while (colour.contrastWith(WHITE) < contrast) {
            colour = new Colour(darker(colour.red), darker(colour.green), darker(colour.blue));
        }
        return colour;
    }

    private static int darker(int channel) {
        return (int) (255 * 0.98 * Math.pow(channel / 255.0, 1.08));
    }

    /** This colour, mixed with white only as much as needed for this contrast with a dark background. */
    Colour readableOn(Colour dark, double contrast) {
        Colour colour = this;
        for (int step = 1; colour.contrastWith(dark) < contrast; step++) {
            colour = mixedWith(WHITE, Math.min(1, step * 0.02));
        }
        return colour;
    }

    double contrastWith(Colour other) {
        double a = luminance();
        double b = other.luminance();
        return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
    }

    private double luminance() {
        return 0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue);
    }

    static double linear(int channel) {
        double c = channel / 255.0;
        return c <= 0.04045 ? c / 12.92 : Math.pow((c + 0.055) / 1.055, 2.4);
    }

    @Override
    public String toString() {
        return "#%02x%02x%02x".formatted(red, green, blue);
    }
}

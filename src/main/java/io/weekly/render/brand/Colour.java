package io.weekly.render.brand;

import java.util.regex.Pattern;

/** An sRGB colour, with what is needed to keep text and graphics readable (WCAG 2: relative luminance and contrast). */
public record Colour(int red, int green, int blue) {
    static final Colour WHITE = new Colour(255, 255, 255);
    public static final Colour INK = new Colour(0x1b, 0x1f, 0x24);
    static final Colour BLACK = new Colour(0, 0, 0);
    private static final Pattern HEX = Pattern.compile("#[0-9a-fA-F]{6}");

    /** {@code #rrggbb}; anything else is the {@code otherwise}, since a report must not fail over a colour. */
    public static Colour parse(String hex, Colour otherwise) {
        if (hex == null || !HEX.matcher(hex.strip()).matches()) {
            return otherwise;
        }
        int rgb = Integer.parseInt(hex.strip().substring(1), 16);
        return new Colour(rgb >> 16, rgb >> 8 & 0xff, rgb & 0xff);
    }

    /** This colour with {@code share} (0 to 1) of another one in it. */
    Colour mixedWith(Colour other, double share) {
        return new Colour(
                (int) Math.round(red + (other.red - red) * share),
                (int) Math.round(green + (other.green - green) * share),
                (int) Math.round(blue + (other.blue - blue) * share));
    }

    /**
     * This colour, darkened no more than needed to stand out from white by {@code contrast}. It gets more saturated on the way, as
     * paint does: a yellow ends as amber. Black mixed in would make it mud.
     */
    Colour readableOnWhite(double contrast) {
        Colour colour = this;
        while (colour.contrastWith(WHITE) < contrast) {
            colour = new Colour(deeper(colour.red), deeper(colour.green), deeper(colour.blue));
        }
        return colour;
    }

    private static int deeper(int channel) {
        return (int) (255 * 0.98 * Math.pow(channel / 255.0, 1.08));
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

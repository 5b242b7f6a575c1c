package io.weekly.render.brand;

/**
 * A colour as lightness (0 to 1), chroma and hue (in radians) of OKLab, by Björn Ottosson. Equal steps of lightness look equal, which is
 * not true for RGB or HSL.
 */
record Oklch(double lightness, double chroma, double hue) {

    static Oklch of(Colour colour) {
        double red = Colour.linear(colour.red());
        double green = Colour.linear(colour.green());
        double blue = Colour.linear(colour.blue());
        double l = Math.cbrt(0.4122214708 * red + 0.5363325363 * green + 0.0514459929 * blue);
        double m = Math.cbrt(0.2119034982 * red + 0.6806995451 * green + 0.1073969566 * blue);
        double s = Math.cbrt(0.0883024619 * red + 0.2817188376 * green + 0.6299787005 * blue);
        double a = 1.9779984951 * l - 2.4285922050 * m + 0.4505937099 * s;
        double b = 0.0259040371 * l + 0.7827717662 * m - 0.8086757660 * s;
        return new Oklch(0.2104542553 * l + 0.7936177850 * m - 0.0040720468 * s, Math.hypot(a, b), Math.atan2(b, a));
    }

    /** The nearest sRGB colour with this lightness and hue; chroma is reduced if needed. */
    Colour toColour() {
        double reduced = chroma;
        double[] rgb = rgb(reduced);
        while (reduced > 0 && !isInRange(rgb)) {
            reduced = Math.max(0, reduced - 0.005);
            rgb = rgb(reduced);
        }
        return new Colour(channel(rgb[0]), channel(rgb[1]), channel(rgb[2]));
    }

    private double[] rgb(double chroma) {
        double a = chroma * Math.cos(hue);
        double b = chroma * Math.sin(hue);
        double l = Math.pow(lightness + 0.3963377774 * a + 0.2158037573 * b, 3);
        double m = Math.pow(lightness - 0.1055613458 * a - 0.0638541728 * b, 3);
        double s = Math.pow(lightness - 0.0894841775 * a - 1.2914855480 * b, 3);
        return new double[] {
            4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s,
            -1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s,
            -0.0041960863 * l - 0.7034186147 * m + 1.7076147010 * s};
    }

    private static boolean isInRange(double[] rgb) {
        for (double channel : rgb) {
            if (channel < -0.0005 || channel > 1.0005) {
                return false;
            }
        }
        return true;
    }

    private static int channel(double linear) {
        double c = Math.clamp(linear, 0, 1);
        return (int) Math.round(255 * (c <= 0.0031308 ? 12.92 * c : 1.055 * Math.pow(c, 1 / 2.4) - 0.055));
    }
}

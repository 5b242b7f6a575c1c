package io.weekly.render.svg;

import java.awt.geom.AffineTransform;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads the {@code transform} of an element. */
final class SvgTransform {
    private static final Pattern FUNCTION = Pattern.compile("([a-zA-Z]+)\\s*+\\(([^)]*)\\)");

    private SvgTransform() {}

    /** Unknown functions are ignored. */
    static AffineTransform parse(String text) {
        AffineTransform all = new AffineTransform();
        Matcher functions = FUNCTION.matcher(text);
        while (functions.find()) {
            double[] n = SvgColour.numbers(functions.group(2));
            switch (functions.group(1) + n.length) {
                case "matrix6" -> all.concatenate(new AffineTransform(n));
                case "translate1", "translateX1" -> all.translate(n[0], 0);
                case "translate2" -> all.translate(n[0], n[1]);
                case "translateY1" -> all.translate(0, n[0]);
                case "scale1" -> all.scale(n[0], n[0]);
                case "scale2" -> all.scale(n[0], n[1]);
                case "rotate1" -> all.rotate(Math.toRadians(n[0]));
                case "rotate3" -> all.rotate(Math.toRadians(n[0]), n[1], n[2]);
                case "skewX1" -> all.shear(Math.tan(Math.toRadians(n[0])), 0);
                case "skewY1" -> all.shear(0, Math.tan(Math.toRadians(n[0])));
                default -> { }
            }
        }
        return all;
    }
}

package io.weekly.render.svg;

import java.awt.geom.AffineTransform;

/** Reads the {@code transform} of an element, in one pass. */
final class SvgTransform {

    private SvgTransform() {}

    /** Unknown functions are ignored, and so is a last function that is not closed. */
    static AffineTransform parse(String text) {
        AffineTransform all = new AffineTransform();
        int from = 0;
        for (int open = text.indexOf('('); open >= 0; open = text.indexOf('(', from)) {
            int close = text.indexOf(')', open);
            if (close < 0) {
                return all;
            }
            add(name(text.substring(from, open)), SvgColour.numbers(text.substring(open + 1, close)), all);
            from = close + 1;
        }
        return all;
    }

    /** The letters before a bracket. Blanks may stand between them. */
    private static String name(String before) {
        String text = before.stripTrailing();
        int start = text.length();
        while (start > 0 && isLetter(text.charAt(start - 1))) {
            start--;
        }
        return text.substring(start);
    }

    private static boolean isLetter(char c) {
        return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z';
    }

    private static void add(String name, double[] n, AffineTransform all) {
        switch (name + n.length) {
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
}

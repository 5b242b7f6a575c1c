package io.weekly.render.svg;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Numbers and lengths of an SVG, in px. A text that is not a number, or too large for a page, becomes the {@code otherwise}. */
public final class SvgLength {
    static final double MAX_VALUE = 1e6;
    /** Of a number with its unit. A drawing program writes far fewer characters. */
    private static final int MAX_LENGTH = 100;
    private static final Pattern LENGTH = Pattern.compile("([+-]?(?:\\d++\\.?+\\d*+|\\.\\d++)(?:[eE][+-]?\\d{1,3}+(?!\\d))?+)([a-z%]*+)");

    private SvgLength() {}

    /** {@code whole} is the value of 100%. */
    public static double of(String text, double whole, double otherwise) {
        Matcher length = LENGTH.matcher(text.strip());
        if (text.length() > MAX_LENGTH || !length.matches()) {
            return otherwise;
        }
        double value = Double.parseDouble(length.group(1)) * switch (length.group(2)) {
            case "%" -> whole / 100;
            case "pt" -> 4.0 / 3;
            case "pc", "em", "rem" -> 16;
            case "mm" -> 96 / 25.4;
            case "cm" -> 96 / 2.54;
            case "in" -> 96;
            default -> 1;
        };
        return Math.abs(value) <= MAX_VALUE ? value : otherwise;
    }
}

package io.weekly.render.svg;

import java.awt.Color;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** How an element of an SVG is painted: what is said of it, and what it has from those around it. */
final class SvgLook {
    /** Opacity is not inherited in SVG; here it is, multiplied: a group is not painted by itself first. */
    static final Set<String> INHERITED = Set.of("fill", "fill-opacity", "fill-rule", "stroke", "stroke-opacity", "stroke-width",
            "stroke-linecap", "stroke-linejoin", "stroke-miterlimit", "stroke-dasharray", "stroke-dashoffset", "color", "font-size",
            "font-weight", "text-anchor", "visibility", "clip-rule");

    /** What says more is read for each element that has it. */
    private static final int LONGEST = 500;

    private final SvgSheet sheet;
    private final Map<String, String> inherited;
    private final Map<String, String> own;
    private final double opacity;

    private SvgLook(SvgSheet sheet, Map<String, String> inherited, Map<String, String> own, double opacity) {
        this.sheet = sheet;
        this.inherited = inherited;
        this.own = own;
        this.opacity = opacity;
    }

    static SvgLook outermost(SvgSheet sheet) {
        return new SvgLook(sheet, Map.of("fill", "black", "stroke-width", "1", "font-size", "16"), Map.of(), 1);
    }

    SvgLook of(SvgNode node) {
        Map<String, String> values = sheet.of(node);
        Map<String, String> passed = new HashMap<>(inherited);
        values.forEach((name, value) -> {
            if (INHERITED.contains(name) && !value.equals("inherit") && value.length() <= LONGEST) {
                passed.put(name, value);
            }
        });
        return new SvgLook(sheet, passed, values, opacity * ratio(values.getOrDefault("opacity", "1")));
    }

    String get(String property) {
        return inherited.getOrDefault(property, "").strip();
    }

    /** What is said of this element alone. */
    String own(String property) {
        return own.getOrDefault(property, "").strip();
    }

    double number(String property, double otherwise) {
        return SvgLength.of(get(property), 100, otherwise);
    }

    boolean isShown() {
        return !own("display").equals("none");
    }

    boolean isVisible() {
        return !get("visibility").equals("hidden") && !get("visibility").equals("collapse");
    }

    /** Of {@code fill} or {@code stroke}; empty for none, and for what is no colour but a gradient or pattern. */
    Optional<Color> colour(String property) {
        return colourOf(get(property));
    }

    /** Of a gradient's stop. */
    Color stopColour() {
        Color colour = colourOf(own("stop-color")).orElse(Color.BLACK);
        double alpha = colour.getAlpha() / 255.0 * ratio(own("stop-opacity").isEmpty() ? "1" : own("stop-opacity"));
        return new Color(colour.getRed(), colour.getGreen(), colour.getBlue(), (int) Math.round(255 * alpha));
    }

    /** The id that {@code url(#id)} names; empty where it names none. */
    static Optional<String> link(String value) {
        return value.length() <= LONGEST && value.matches("(?s)url\\(\\s*[\"']?#[^\"')]*[\"']?\\s*\\).*")
                ? Optional.of(value.substring(value.indexOf('#') + 1).split("[\"')]", 2)[0].strip())
                : Optional.empty();
    }

    /** Of {@code fill} or {@code stroke}, with that of all around it. */
    double opacity(String property) {
        return opacity * ratio(get(property + "-opacity").isEmpty() ? "1" : get(property + "-opacity"));
    }

    private Optional<Color> colourOf(String value) {
        return SvgColour.of(value.equalsIgnoreCase("currentColor") ? get("color").isEmpty() ? "black" : get("color") : value);
    }

    private static double ratio(String value) {
        return Math.clamp(SvgLength.of(value, 1, 1), 0, 1);
    }
}

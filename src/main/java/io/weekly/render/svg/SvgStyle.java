package io.weekly.render.svg;

import java.awt.Color;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The style properties of an element of an SVG: its own, and those it inherits from its parents. */
final class SvgStyle {
    /**
     * The inherited properties. In SVG a group with an opacity is painted first and then made transparent. Here the opacity is multiplied
     * into each of its elements instead.
     */
    static final Set<String> INHERITED = Set.of("fill", "fill-opacity", "fill-rule", "stroke", "stroke-opacity", "stroke-width",
            "stroke-linecap", "stroke-linejoin", "stroke-miterlimit", "stroke-dasharray", "stroke-dashoffset", "color", "font-size",
            "font-weight", "text-anchor", "visibility", "clip-rule");

    /** Longer values are not inherited, because each element that inherits the value reads it again. */
    private static final int MAX_LENGTH = 500;

    private final SvgStylesheet sheet;
    private final Map<String, String> inherited;
    private final Map<String, String> own;
    private final double opacity;

    private SvgStyle(SvgStylesheet sheet, Map<String, String> inherited, Map<String, String> own, double opacity) {
        this.sheet = sheet;
        this.inherited = inherited;
        this.own = own;
        this.opacity = opacity;
    }

    /** The initial values of SVG, for the parent of the outermost element. */
    static SvgStyle root(SvgStylesheet sheet) {
        return new SvgStyle(sheet, Map.of("fill", "black", "stroke-width", "1", "font-size", "16"), Map.of(), 1);
    }

    /** The style of a child of the element that this style belongs to. */
    SvgStyle of(SvgNode node) {
        Map<String, String> values = sheet.of(node);
        sheet.budget().add(values.size() / 8);
        Map<String, String> passedOn = new HashMap<>(inherited);
        values.forEach((name, value) -> {
            if (INHERITED.contains(name) && !value.equals("inherit") && value.length() <= MAX_LENGTH) {
                passedOn.put(name, value);
            }
        });
        return new SvgStyle(sheet, passedOn, values, opacity * ratio(values.getOrDefault("opacity", "1")));
    }

    String get(String property) {
        return inherited.getOrDefault(property, "").strip();
    }

    /** A property of this element that is not inherited. */
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

    /** The colour of {@code fill} or {@code stroke}; empty for {@code none}, gradients and patterns. */
    Optional<Color> colour(String property) {
        return colourOf(get(property));
    }

    /** The colour of a gradient's stop, with its opacity. */
    Color stopColour() {
        Color colour = colourOf(own("stop-color")).orElse(Color.BLACK);
        double alpha = colour.getAlpha() / 255.0 * ratio(own("stop-opacity").isEmpty() ? "1" : own("stop-opacity"));
        return new Color(colour.getRed(), colour.getGreen(), colour.getBlue(), (int) Math.round(255 * alpha));
    }

    /** The opacity of {@code fill} or {@code stroke}, multiplied by the opacity of all parents. */
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

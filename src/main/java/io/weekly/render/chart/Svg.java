package io.weekly.render.chart;

import io.weekly.render.text.TextEscapes;
import java.util.List;

/**
 * Writes SVG with only those elements that the PDF renderer can draw: rect, line, polyline, path (M L C Z), circle and text. A browser
 * shows the title as a tooltip, and a screen reader reads the label.
 */
final class Svg {
    /**
     * The class of drawings that stand in a line of text. Trap: Flying Saucer writes the title of a drawing with {@code display: inline}
     * instead of drawing it, so these are inline blocks.
     */
    static final String INLINE = "sparkline";
    private static final double QUARTER = Math.PI / 2;

    private final StringBuilder markup = new StringBuilder();

    /** Width and height in px; {@code cssClass} is for style sheets. */
    Svg(String cssClass, double width, double height, String title, String label) {
        add("<svg xmlns=\"http://www.w3.org/2000/svg\" class=\"").add(cssClass).add("\"");
        with("width", width).with("height", height).add(" viewBox=\"0 0 ").add(number(width)).add(" ").add(number(height)).add("\"");
        with("style", cssClass.equals(INLINE) ? "display: inline-block" : "display: block; max-width: 100%; page-break-inside: avoid");
        with("role", "img").with("aria-label", label).add("><title>").add(TextEscapes.markup(title)).add("</title>");
    }

    Svg rect(double x, double y, double width, double height, String fill) {
        return add("<rect").with("x", x).with("y", y).with("width", width).with("height", height).with("fill", fill).add("/>");
    }

    Svg line(double x1, double y1, double x2, double y2, String stroke, double width) {
        return add("<line").with("x1", x1).with("y1", y1).with("x2", x2).with("y2", y2).stroke(stroke, width);
    }

    Svg polyline(List<double[]> points, String stroke, double width) {
        return add("<polyline points=\"").add(coordinates(points)).add("\"").with("fill", "none").with("stroke-linejoin", "round")
                .stroke(stroke, width);
    }

    /** A closed polygon. */
    Svg area(List<double[]> points, String fill) {
        return add("<path d=\"M ").add(coordinates(points)).add(" Z\"").with("fill", fill).add("/>");
    }

    Svg circle(double x, double y, double radius, String fill, String stroke, double width) {
        return add("<circle").with("cx", x).with("cy", y).with("r", radius).with("fill", fill).stroke(stroke, width);
    }

    /** A part of a ring, clockwise between two angles in radians (0 is at the top). A white border separates it from the next part. */
    Svg ring(double x, double y, double outer, double inner, double from, double to, String fill) {
        int pieces = Math.max(1, (int) Math.ceil((to - from) / QUARTER));
        add("<path d=\"M ").point(x, y, outer, from);
        for (int i = 0; i < pieces; i++) {
            arc(x, y, outer, from + (to - from) * i / pieces, from + (to - from) * (i + 1) / pieces);
        }
        add(" L ").point(x, y, inner, to);
        for (int i = 0; i < pieces; i++) {
            arc(x, y, inner, to + (from - to) * i / pieces, to + (from - to) * (i + 1) / pieces);
        }
        return add(" Z\"").with("fill", fill).stroke(to - from > 6.28 ? fill : "#ffffff", to - from > 6.28 ? 0 : 1.5);
    }

    /** {@code anchor} is start, middle or end. */
    Svg text(double x, double y, String anchor, double size, boolean bold, String fill, String text) {
        return text.isEmpty() ? this : add("<text").with("x", x).with("y", y).with("text-anchor", anchor).with("font-size", size)
                .with("font-weight", bold ? "bold" : "normal").with("fill", fill).add(">").add(TextEscapes.markup(text)).add("</text>");
    }

    @Override
    public String toString() {
        return markup + "</svg>";
    }

    /** An arc of up to a quarter of a circle as one cubic curve. It differs from the circle by less than a thousandth of the radius. */
    private void arc(double x, double y, double radius, double from, double to) {
        double control = 4.0 / 3 * Math.tan((to - from) / 4) * radius;
        add(" C ").add(number(x + radius * Math.sin(from) + control * Math.cos(from))).add(",")
                .add(number(y - radius * Math.cos(from) + control * Math.sin(from))).add(" ")
                .add(number(x + radius * Math.sin(to) - control * Math.cos(to))).add(",")
                .add(number(y - radius * Math.cos(to) - control * Math.sin(to))).add(" ").point(x, y, radius, to);
    }

    private Svg point(double x, double y, double radius, double angle) {
        return add(number(x + radius * Math.sin(angle))).add(",").add(number(y - radius * Math.cos(angle)));
    }

    private Svg stroke(String colour, double width) {
        return with("stroke", colour).with("stroke-width", width).add("/>");
    }

    private Svg with(String name, double value) {
        return with(name, number(value));
    }

    private Svg with(String name, String value) {
        return add(" ").add(name).add("=\"").add(TextEscapes.markup(value)).add("\"");
    }

    private Svg add(String text) {
        markup.append(text);
        return this;
    }

    private static String coordinates(List<double[]> points) {
        StringBuilder list = new StringBuilder();
        points.forEach(point -> list.append(list.isEmpty() ? "" : " ").append(number(point[0])).append(',').append(number(point[1])));
        return list.toString();
    }

    /** With two decimals at most. */
    private static String number(double value) {
        long hundredths = Math.round(value * 100);
        String whole = (hundredths < 0 ? "-" : "") + Math.abs(hundredths) / 100;
        long rest = Math.abs(hundredths) % 100;
        return rest == 0 ? whole : whole + (rest < 10 ? ".0" : ".") + (rest % 10 == 0 ? rest / 10 : rest);
    }
}

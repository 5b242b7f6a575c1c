package io.weekly.render;

import java.util.List;
import java.util.Locale;

/** Writes the small part of SVG that {@link Drawing} can draw: rect, line, polyline, path (M L Z), circle and text. */
final class Svg {
    private final StringBuilder markup = new StringBuilder();

    Svg(double width, double height, String title) {
        add("<svg xmlns=\"http://www.w3.org/2000/svg\" class=\"chart\" width=\"%s\" height=\"%s\" viewBox=\"0 0 %s %s\" role=\"img\"><title>",
                width, height, width, height);
        markup.append(Escapes.markup(title)).append("</title>");
    }

    Svg rect(double x, double y, double width, double height, String fill) {
        return add("<rect x=\"%s\" y=\"%s\" width=\"%s\" height=\"%s\" fill=\"%s\"/>", x, y, width, height, fill);
    }

    Svg line(double x1, double y1, double x2, double y2, String stroke, double width) {
        return add("<line x1=\"%s\" y1=\"%s\" x2=\"%s\" y2=\"%s\" stroke=\"%s\" stroke-width=\"%s\"/>", x1, y1, x2, y2, stroke, width);
    }

    Svg polyline(List<double[]> points, String stroke, double width) {
        return add("<polyline points=\"%s\" fill=\"none\" stroke=\"%s\" stroke-width=\"%s\"/>", coordinates(points), stroke, width);
    }

    /** A closed area. */
    Svg area(List<double[]> points, String fill) {
        return add("<path d=\"M%sZ\" fill=\"%s\"/>", coordinates(points), fill);
    }

    Svg circle(double x, double y, double radius, String fill, String stroke, double width) {
        return add("<circle cx=\"%s\" cy=\"%s\" r=\"%s\" fill=\"%s\" stroke=\"%s\" stroke-width=\"%s\"/>", x, y, radius, fill, stroke, width);
    }

    /** {@code anchor} is start, middle or end. */
    Svg text(double x, double y, String anchor, double size, boolean bold, String fill, String text) {
        add("<text x=\"%s\" y=\"%s\" text-anchor=\"%s\" font-size=\"%s\" font-weight=\"%s\" fill=\"%s\">",
                x, y, anchor, size, bold ? "bold" : "normal", fill);
        markup.append(Escapes.markup(text)).append("</text>");
        return this;
    }

    @Override
    public String toString() {
        return markup + "</svg>";
    }

    private Svg add(String pattern, Object... values) {
        for (int i = 0; i < values.length; i++) {
            values[i] = values[i] instanceof Double number ? number(number) : values[i];
        }
        markup.append(pattern.formatted(values));
        return this;
    }

    private static String coordinates(List<double[]> points) {
        StringBuilder list = new StringBuilder();
        points.forEach(point -> list.append(list.isEmpty() ? "" : " ").append(number(point[0])).append(',').append(number(point[1])));
        return list.toString();
    }

    private static String number(double value) {
        String text = String.format(Locale.ROOT, "%.2f", value);
        return text.endsWith(".00") ? text.substring(0, text.length() - 3) : text;
    }
}

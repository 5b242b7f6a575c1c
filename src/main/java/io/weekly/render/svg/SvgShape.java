package io.weekly.render.svg;

import java.awt.geom.AffineTransform;
import java.awt.geom.Path2D;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The outlines of an SVG's shapes, and its transformations. */
final class SvgShape {
    /** How far a control point of a quarter of a circle is from its end. */
    private static final double QUARTER = 0.5522847498;
    private static final Pattern FUNCTION = Pattern.compile("([a-zA-Z]+)\\s*+\\(([^)]*)\\)");

    private SvgShape() {}

    /** Empty where the element is no shape, or one without extent. */
    static Optional<Path2D.Double> of(SvgNode node) {
        Path2D.Double path = switch (node.name()) {
            case "path" -> SvgPath.parse(node.get("d"));
            case "rect" -> rectangle(node);
            case "circle" -> ellipse(node.number("cx", 0), node.number("cy", 0), node.number("r", 0), node.number("r", 0));
            case "ellipse" -> ellipse(node.number("cx", 0), node.number("cy", 0), node.number("rx", 0), node.number("ry", 0));
            case "line" -> SvgPath.parse("M%s %sL%s %s".formatted(
                    node.number("x1", 0), node.number("y1", 0), node.number("x2", 0), node.number("y2", 0)));
            case "polyline" -> SvgPath.parse("M" + node.get("points"));
            case "polygon" -> SvgPath.parse("M" + node.get("points") + "Z");
            default -> null;
        };
        return Optional.ofNullable(path).filter(shape -> shape.getCurrentPoint() != null);
    }

    private static Path2D.Double rectangle(SvgNode node) {
        double x = node.number("x", 0);
        double y = node.number("y", 0);
        double width = node.number("width", 0);
        double height = node.number("height", 0);
        double rx = Math.clamp(node.number("rx", node.number("ry", 0)), 0, Math.max(0, width / 2));
        double ry = Math.clamp(node.number("ry", node.number("rx", 0)), 0, Math.max(0, height / 2));
        Path2D.Double path = new Path2D.Double();
        if (width <= 0 || height <= 0) {
            return path;
        }
        double kx = rx * (1 - QUARTER);
        double ky = ry * (1 - QUARTER);
        path.moveTo(x + rx, y);
        path.lineTo(x + width - rx, y);
        path.curveTo(x + width - kx, y, x + width, y + ky, x + width, y + ry);
        path.lineTo(x + width, y + height - ry);
        path.curveTo(x + width, y + height - ky, x + width - kx, y + height, x + width - rx, y + height);
        path.lineTo(x + rx, y + height);
        path.curveTo(x + kx, y + height, x, y + height - ky, x, y + height - ry);
        path.lineTo(x, y + ry);
        path.curveTo(x, y + ky, x + kx, y, x + rx, y);
        path.closePath();
        return path;
    }

    private static Path2D.Double ellipse(double cx, double cy, double rx, double ry) {
        Path2D.Double path = new Path2D.Double();
        if (rx <= 0 || ry <= 0) {
            return path;
        }
        double kx = rx * QUARTER;
        double ky = ry * QUARTER;
        path.moveTo(cx + rx, cy);
        path.curveTo(cx + rx, cy + ky, cx + kx, cy + ry, cx, cy + ry);
        path.curveTo(cx - kx, cy + ry, cx - rx, cy + ky, cx - rx, cy);
        path.curveTo(cx - rx, cy - ky, cx - kx, cy - ry, cx, cy - ry);
        path.curveTo(cx + kx, cy - ry, cx + rx, cy - ky, cx + rx, cy);
        path.closePath();
        return path;
    }

    /** What it does not know changes nothing. */
    static AffineTransform transform(String text) {
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

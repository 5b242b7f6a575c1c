package io.weekly.render.svg;

import java.awt.geom.Path2D;
import java.util.Optional;

/** Converts the shapes of an SVG to paths. */
final class SvgShape {
    /** The distance of the control points of a quarter of a circle, as a fraction of the radius. */
    private static final double CONTROL = 0.5522847498;

    private SvgShape() {}

    /** Empty if the element is not a shape, or has no size. */
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
        double kx = rx * (1 - CONTROL);
        double ky = ry * (1 - CONTROL);
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
        double kx = rx * CONTROL;
        double ky = ry * CONTROL;
        path.moveTo(cx + rx, cy);
        path.curveTo(cx + rx, cy + ky, cx + kx, cy + ry, cx, cy + ry);
        path.curveTo(cx - kx, cy + ry, cx - rx, cy + ky, cx - rx, cy);
        path.curveTo(cx - rx, cy - ky, cx - kx, cy - ry, cx, cy - ry);
        path.curveTo(cx + kx, cy - ry, cx + rx, cy - ky, cx + rx, cy);
        path.closePath();
        return path;
    }
}

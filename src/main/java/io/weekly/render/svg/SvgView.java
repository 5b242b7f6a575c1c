package io.weekly.render.svg;

import java.awt.geom.AffineTransform;

/** The coordinate system of an SVG. Maps it to an area so that the whole drawing is visible, centred and not distorted. */
public record SvgView(double x, double y, double width, double height) {

    /** The {@code viewBox}, else width and height. Without any of them an SVG has 300 by 150 px, as in browsers. */
    public static SvgView of(SvgNode svg) {
        double[] box = SvgColour.numbers(svg.get("viewBox"));
        return box.length == 4 && box[2] > 0 && box[3] > 0
                ? new SvgView(box[0], box[1], box[2], box[3])
                : new SvgView(0, 0, positive(svg.number("width", 300), 300), positive(svg.number("height", 150), 150));
    }

    /** The width in px: the attribute, else from the height, else from the viewBox. */
    public static double width(SvgNode svg) {
        SvgView view = of(svg);
        double width = svg.get("width").endsWith("%") ? 0 : svg.number("width", 0);
        double height = svg.get("height").endsWith("%") ? 0 : svg.number("height", 0);
        return width > 0 ? width : height > 0 ? height * view.width / view.height : view.width;
    }

    /** The height in px. The ratio is always the ratio of the view, so nothing is distorted. */
    public static double height(SvgNode svg) {
        SvgView view = of(svg);
        return width(svg) * view.height / view.width;
    }

    /** Maps the coordinates into an area of this size. */
    public AffineTransform into(double areaWidth, double areaHeight) {
        double scale = Math.min(areaWidth / width, areaHeight / height);
        AffineTransform transform = new AffineTransform();
        transform.translate((areaWidth - scale * width) / 2, (areaHeight - scale * height) / 2);
        transform.scale(scale, scale);
        transform.translate(-x, -y);
        return transform;
    }

    /** Maps an svg or symbol inside of another SVG. If the size of the {@code use} is 0, its own width and height count. */
    static AffineTransform inside(SvgNode node, double useWidth, double useHeight) {
        AffineTransform place = AffineTransform.getTranslateInstance(node.number("x", 0), node.number("y", 0));
        double width = useWidth > 0 ? useWidth : node.number("width", 0);
        double height = useHeight > 0 ? useHeight : node.number("height", 0);
        if (width > 0 && height > 0 && !node.get("viewBox").isEmpty()) {
            place.concatenate(of(node).into(width, height));
        }
        return place;
    }

    private static double positive(double value, double otherwise) {
        return value > 0 ? value : otherwise;
    }
}

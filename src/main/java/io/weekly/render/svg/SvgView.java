package io.weekly.render.svg;

import java.awt.geom.AffineTransform;

/** How large an SVG is, and how its own units come to lie in that: whole, in the middle, not distorted. */
public record SvgView(double x, double y, double width, double height) {

    /** Of the {@code viewBox}, else of width and height; an SVG that says nothing has 300 by 150 pixels, as in browsers. */
    public static SvgView of(SvgNode svg) {
        double[] box = SvgColour.numbers(svg.get("viewBox"));
        return box.length == 4 && box[2] > 0 && box[3] > 0
                ? new SvgView(box[0], box[1], box[2], box[3])
                : new SvgView(0, 0, positive(svg.number("width", 300), 300), positive(svg.number("height", 150), 150));
    }

    /** Its width in pixels as it says, else by its height, else that of the viewBox. */
    public static double wide(SvgNode svg) {
        SvgView view = of(svg);
        double width = svg.get("width").endsWith("%") ? 0 : svg.number("width", 0);
        double height = svg.get("height").endsWith("%") ? 0 : svg.number("height", 0);
        return width > 0 ? width : height > 0 ? height * view.width / view.height : view.width;
    }

    /** Its height in pixels; the ratio is always that of the view, so that nothing is distorted. */
    public static double high(SvgNode svg) {
        SvgView view = of(svg);
        return wide(svg) * view.height / view.width;
    }

    /** From its units into an area of this size. */
    public AffineTransform into(double areaWidth, double areaHeight) {
        double scale = Math.min(areaWidth / width, areaHeight / height);
        AffineTransform all = AffineTransform.getTranslateInstance((areaWidth - scale * width) / 2, (areaHeight - scale * height) / 2);
        all.scale(scale, scale);
        all.translate(-x, -y);
        return all;
    }

    /** For an svg or symbol inside another; its own width and height where those of the use are 0. */
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

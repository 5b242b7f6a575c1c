package io.weekly.render.svg;

import io.weekly.render.image.Picture;
import io.weekly.render.image.Raster;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Optional;

/** Draws the raster images inside of an SVG. Each is decoded once and kept until the drawing is done. */
final class SvgImages {
    private final SvgCanvas canvas;
    private final Map<SvgNode, Optional<Picture>> images = new IdentityHashMap<>();

    SvgImages(SvgCanvas canvas) {
        this.canvas = canvas;
    }

    /** @throws IllegalArgumentException if the image cannot be decoded */
    void draw(SvgNode node, SvgStyle style) {
        Optional<Picture> image = images.computeIfAbsent(node, this::decode);
        double width = node.number("width", image.map(Picture::width).orElse(0f));
        double height = node.number("height", image.map(Picture::height).orElse(0f));
        if (image.isEmpty() || width <= 0 || height <= 0 || !style.isVisible()) {
            return;
        }
        double scale = Math.min(width / image.get().width(), height / image.get().height());
        double scaledWidth = scale * image.get().width();
        double scaledHeight = scale * image.get().height();
        double left = node.number("x", 0) + (width - scaledWidth) / 2;
        double bottom = node.number("y", 0) + (height + scaledHeight) / 2;
        float[] m = image.get().orientation().matrix((float) left, (float) bottom, (float) scaledWidth, (float) -scaledHeight);
        canvas.setOpacity(style.opacity("fill"), 1);
        canvas.page().addImage(image.get().image(), m[0], m[1], m[2], m[3], m[4], m[5]);
    }

    /** Empty if the element names no image. */
    private Optional<Picture> decode(SvgNode node) {
        if (node.get("href").isEmpty()) {
            return Optional.empty();
        }
        canvas.budget().add(1000);
        Picture image;
        try {
            image = Raster.ofDataUri(node.get("href"), Raster.MAX_LOGO_PIXELS);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("has an image that " + e.getMessage(), e);
        }
        canvas.budget().add((long) (image.width() * image.height() / 25));
        return Optional.of(image);
    }
}

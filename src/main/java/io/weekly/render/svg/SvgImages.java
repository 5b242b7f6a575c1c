package io.weekly.render.svg;

import io.weekly.render.image.Raster;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Optional;
import org.openpdf.text.Image;

/** Draws the raster images inside of an SVG. Each is decoded once and kept until the drawing is done. */
final class SvgImages {
    private final SvgCanvas canvas;
    private final Map<SvgNode, Optional<Image>> images = new IdentityHashMap<>();

    SvgImages(SvgCanvas canvas) {
        this.canvas = canvas;
    }

    /** An image that cannot be decoded is left out. */
    void draw(SvgNode node, SvgStyle style) {
        Optional<Image> image = images.computeIfAbsent(node, _ -> decode(node));
        double width = node.number("width", image.map(Image::getWidth).orElse(0f));
        double height = node.number("height", image.map(Image::getHeight).orElse(0f));
        if (image.isEmpty() || width <= 0 || height <= 0 || !style.isVisible()) {
            return;
        }
        double scale = Math.min(width / image.get().getWidth(), height / image.get().getHeight());
        double scaledWidth = scale * image.get().getWidth();
        double scaledHeight = scale * image.get().getHeight();
        double left = node.number("x", 0) + (width - scaledWidth) / 2;
        double bottom = node.number("y", 0) + (height + scaledHeight) / 2;
        canvas.setOpacity(style.opacity("fill"), 1);
        canvas.page().addImage(image.get(), (float) scaledWidth, 0, 0, (float) -scaledHeight, (float) left, (float) bottom);
    }

    private Optional<Image> decode(SvgNode node) {
        canvas.budget().add(1000);
        Optional<Image> image = Raster.fromDataUri(node.get("href"), Raster.MAX_LOGO_PIXELS);
        image.ifPresent(pixels -> canvas.budget().add((long) (pixels.getWidth() * pixels.getHeight() / 25)));
        return image;
    }
}

package io.weekly.render.pdf;

import io.weekly.render.image.Picture;
import org.openpdf.text.Image;
import org.openpdf.text.Rectangle;
import org.xhtmlrenderer.pdf.ITextOutputDevice;
import org.xhtmlrenderer.render.BlockBox;
import org.xhtmlrenderer.render.RenderingContext;

/** Draws an image turned or mirrored, as its orientation says. Flying Saucer draws every image as it is stored. */
final class TurnedImage extends VectorElement {
    private final Picture picture;

    /** Width and height in dots, as the image is shown. */
    TurnedImage(Picture picture, int width, int height) {
        super(width, height);
        this.picture = picture;
    }

    @Override
    public void paint(RenderingContext context, ITextOutputDevice device, BlockBox box) {
        Rectangle area = device.createLocalTargetArea(context, box);
        float[] m = picture.orientation().matrix(area.getLeft(), area.getBottom(), area.getWidth(), area.getHeight());
        device.getCurrentPage().addImage(Image.getInstance(picture.image()), m[0], m[1], m[2], m[3], m[4], m[5]);
    }
}

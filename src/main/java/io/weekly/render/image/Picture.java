package io.weekly.render.image;

import org.openpdf.text.Image;

/** A decoded image, and how it has to be turned when it is shown. */
public record Picture(Image image, Orientation orientation) {

    /** The shown width in pixels. */
    public float width() {
        return orientation.swapsSides() ? image.getHeight() : image.getWidth();
    }

    /** The shown height in pixels. */
    public float height() {
        return orientation.swapsSides() ? image.getWidth() : image.getHeight();
    }
}

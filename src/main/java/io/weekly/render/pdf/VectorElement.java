package io.weekly.render.pdf;

import java.awt.Point;
import org.xhtmlrenderer.layout.LayoutContext;
import org.xhtmlrenderer.pdf.ITextReplacedElement;

/** An element of a page that is drawn with PDF operators and has a fixed size. Width and height are in dots. */
abstract class VectorElement implements ITextReplacedElement {
    private final int width;
    private final int height;
    private Point location = new Point(0, 0);

    VectorElement(int width, int height) {
        this.width = width;
        this.height = height;
    }

    @Override
    public int getIntrinsicWidth() {
        return width;
    }

    @Override
    public int getIntrinsicHeight() {
        return height;
    }

    @Override
    public Point getLocation() {
        return location;
    }

    @Override
    public void setLocation(int x, int y) {
        location = new Point(x, y);
    }

    @Override
    public void detach(LayoutContext context) {}

    @Override
    public boolean isRequiresInteractivePaint() {
        return false;
    }

    @Override
    public boolean hasBaseline() {
        return false;
    }

    @Override
    public int getBaseline() {
        return 0;
    }
}

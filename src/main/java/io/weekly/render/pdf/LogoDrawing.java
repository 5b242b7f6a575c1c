package io.weekly.render.pdf;

import io.weekly.render.svg.SvgNode;
import io.weekly.render.svg.SvgPainter;
import io.weekly.render.svg.SvgView;
import io.weekly.render.text.Typeface;
import java.awt.Point;
import java.awt.geom.AffineTransform;
import org.jboss.logging.Logger;
import org.openpdf.text.Rectangle;
import org.openpdf.text.pdf.PdfTemplate;
import org.xhtmlrenderer.layout.LayoutContext;
import org.xhtmlrenderer.pdf.ITextOutputDevice;
import org.xhtmlrenderer.pdf.ITextReplacedElement;
import org.xhtmlrenderer.render.BlockBox;
import org.xhtmlrenderer.render.RenderingContext;

/** A tenant's SVG logo in its place on the page: vectors, in a form of its own. */
final class LogoDrawing implements ITextReplacedElement {
    private static final Logger LOG = Logger.getLogger(LogoDrawing.class);

    private final SvgNode svg;
    private final Typeface typeface;
    private final int width;
    private final int height;
    private Point location = new Point(0, 0);

    LogoDrawing(SvgNode svg, Typeface typeface, int width, int height) {
        this.svg = svg;
        this.typeface = typeface;
        this.width = width;
        this.height = height;
    }

    @Override
    public void paint(RenderingContext context, ITextOutputDevice device, BlockBox box) {
        Rectangle area = device.createLocalTargetArea(context, box);
        try {
            PdfTemplate drawing = device.getCurrentPage().createTemplate(area.getWidth(), area.getHeight());
            AffineTransform into = SvgView.of(svg).into(area.getWidth(), area.getHeight());
            // SVG's y grows downwards and PDF's upwards.
            drawing.concatCTM(1, 0, 0, -1, 0, area.getHeight());
            drawing.concatCTM((float) into.getScaleX(), 0, 0, (float) into.getScaleY(), (float) into.getTranslateX(),
                    (float) into.getTranslateY());
            new SvgPainter(drawing, typeface).draw(svg);
            device.getCurrentPage().saveState();
            device.getCurrentPage().addTemplate(drawing, area.getLeft(), area.getBottom());
            device.getCurrentPage().restoreState();
        } catch (RuntimeException e) {
            // It was drawn when it was loaded; should it not be this time, the report goes without.
            LOG.warnf(e, "A logo could not be drawn, and is left out of a report");
        }
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

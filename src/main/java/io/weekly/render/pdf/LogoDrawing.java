package io.weekly.render.pdf;

import io.weekly.render.svg.SvgNode;
import io.weekly.render.svg.SvgPainter;
import io.weekly.render.svg.SvgView;
import io.weekly.render.text.Typeface;
import java.awt.geom.AffineTransform;
import org.jboss.logging.Logger;
import org.openpdf.text.Rectangle;
import org.openpdf.text.pdf.PdfTemplate;
import org.xhtmlrenderer.pdf.ITextOutputDevice;
import org.xhtmlrenderer.render.BlockBox;
import org.xhtmlrenderer.render.RenderingContext;

/** Draws a tenant's SVG logo at its place on the page, as vectors in a template of its own. */
final class LogoDrawing extends VectorElement {
    private static final Logger LOG = Logger.getLogger(LogoDrawing.class);

    private final SvgNode svg;
    private final Typeface typeface;

    LogoDrawing(SvgNode svg, Typeface typeface, int width, int height) {
        super(width, height);
        this.svg = svg;
        this.typeface = typeface;
    }

    @Override
    public void paint(RenderingContext context, ITextOutputDevice device, BlockBox box) {
        Rectangle area = device.createLocalTargetArea(context, box);
        try {
            PdfTemplate drawing = device.getCurrentPage().createTemplate(area.getWidth(), area.getHeight());
            AffineTransform into = SvgView.of(svg).into(area.getWidth(), area.getHeight());
            // The y axis of SVG points down, the one of PDF points up.
            drawing.concatCTM(1, 0, 0, -1, 0, area.getHeight());
            drawing.concatCTM((float) into.getScaleX(), 0, 0, (float) into.getScaleY(), (float) into.getTranslateX(),
                    (float) into.getTranslateY());
            SvgPainter.draw(svg, drawing, typeface);
            device.getCurrentPage().saveState();
            device.getCurrentPage().addTemplate(drawing, area.getLeft(), area.getBottom());
            device.getCurrentPage().restoreState();
        } catch (RuntimeException e) {
            // The logo was drawn once when it was loaded, so this is unexpected. A report without a logo is better than no report.
            LOG.warnf(e, "A logo could not be drawn and is missing in a report");
        }
    }
}

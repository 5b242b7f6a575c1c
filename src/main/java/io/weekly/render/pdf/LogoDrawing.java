package io.weekly.render.pdf;

import io.weekly.render.RenderStopped;
import io.weekly.render.svg.SvgNode;
import io.weekly.render.svg.SvgPainter;
import io.weekly.render.svg.SvgView;
import io.weekly.render.text.Typeface;
import io.weekly.render.text.VisibleText;
import java.awt.geom.AffineTransform;
import java.util.Map;
import java.util.Optional;
import org.jboss.logging.Logger;
import org.openpdf.text.Rectangle;
import org.openpdf.text.pdf.PdfContentByte;
import org.openpdf.text.pdf.PdfTemplate;
import org.xhtmlrenderer.pdf.ITextOutputDevice;
import org.xhtmlrenderer.render.BlockBox;
import org.xhtmlrenderer.render.RenderingContext;

/**
 * Draws a tenant's SVG logo at its place on the page, as vectors in a template of its own. A document draws each size once: a logo in the
 * header of a hundred pages is one template that a hundred pages show.
 */
final class LogoDrawing extends VectorElement {
    private static final Logger LOG = Logger.getLogger(LogoDrawing.class);

    private final SvgNode svg;
    private final Typeface typeface;
    private final VisibleText visible;
    /** The drawings of this document by their size; empty if the drawing failed. */
    private final Map<Size, Optional<PdfTemplate>> drawings;

    record Size(float width, float height) {}

    LogoDrawing(
            SvgNode svg, Typeface typeface, VisibleText visible, Map<Size, Optional<PdfTemplate>> drawings, int width, int height) {
        super(width, height);
        this.svg = svg;
        this.typeface = typeface;
        this.visible = visible;
        this.drawings = drawings;
    }

    @Override
    public void paint(RenderingContext context, ITextOutputDevice device, BlockBox box) {
        Rectangle area = device.createLocalTargetArea(context, box);
        PdfContentByte page = device.getCurrentPage();
        drawings.computeIfAbsent(new Size(area.getWidth(), area.getHeight()), size -> draw(size, page)).ifPresent(drawing -> {
            page.saveState();
            page.addTemplate(drawing, area.getLeft(), area.getBottom());
            page.restoreState();
        });
    }

    private Optional<PdfTemplate> draw(Size size, PdfContentByte page) {
        try {
            PdfTemplate drawing = page.createTemplate(size.width, size.height);
            AffineTransform into = SvgView.of(svg).into(size.width, size.height);
            // The y axis of SVG points down, the one of PDF points up.
            drawing.concatCTM(1, 0, 0, -1, 0, size.height);
            drawing.concatCTM((float) into.getScaleX(), 0, 0, (float) into.getScaleY(), (float) into.getTranslateX(),
                    (float) into.getTranslateY());
            SvgPainter.draw(svg, drawing, typeface, visible);
            return Optional.of(drawing);
        } catch (RenderStopped e) {
            throw e;
        } catch (RuntimeException e) {
            // The logo was drawn once when it was loaded, so this is unexpected. A report without a logo is better than no report.
            LOG.warnf(e, "A logo could not be drawn and is missing in a report");
            return Optional.empty();
        }
    }
}

package io.weekly.render.svg;

import io.weekly.render.svg.SvgOutlines.Outline;
import java.awt.Color;
import java.awt.geom.AffineTransform;
import java.awt.geom.Path2D;
import java.awt.geom.Rectangle2D;
import java.util.Optional;
import org.openpdf.text.pdf.PdfTemplate;

/** Fills and strokes shapes with colours and gradients. A stroke with a gradient gets the mean colour of the gradient. */
final class SvgPaint {
    private final SvgCanvas canvas;
    private final SvgReferences references;

    SvgPaint(SvgCanvas canvas, SvgReferences references) {
        this.canvas = canvas;
        this.references = references;
    }

    void paint(Outline shape, SvgStyle style) {
        Path2D.Double path = shape.path();
        boolean evenOdd = style.get("fill-rule").equals("evenodd");
        Optional<SvgGradient> gradient = gradient(style, "fill");
        Optional<Color> fill = style.colour("fill");
        if (gradient.isPresent()) {
            canvas.budget().add(shape.segments());
            shade(path, evenOdd, gradient.get(), style);
        } else if (fill.isPresent()) {
            canvas.budget().add(shape.segments());
            canvas.setOpacity(style.opacity("fill") * fill.get().getAlpha() / 255, 1);
            SvgPathPainter.fill(path, evenOdd, fill.get(), canvas.page());
        }
        gradient(style, "stroke").map(SvgGradient::mean).or(() -> style.colour("stroke")).ifPresent(colour -> {
            canvas.budget().add(shape.segments());
            canvas.budget().addText(style.get("stroke-dasharray").length());
            canvas.setOpacity(1, style.opacity("stroke") * colour.getAlpha() / 255);
            SvgPathPainter.stroke(path, colour, style, canvas.page());
        });
    }

    private Optional<SvgGradient> gradient(SvgStyle style, String property) {
        return references.url(style.get(property))
                .filter(node -> node.name().endsWith("Gradient"))
                .map(node -> new SvgGradient(node, references, style, canvas.budget()))
                .filter(gradient -> !gradient.isEmpty());
    }

    private void shade(Path2D.Double path, boolean evenOdd, SvgGradient gradient, SvgStyle style) {
        Rectangle2D box = path.getBounds2D();
        canvas.setOpacity(style.opacity("fill") * gradient.mean().getAlpha() / 255, 1);
        if (gradient.isRelativeToShape() && (box.getWidth() <= 0 || box.getHeight() <= 0)) {
            return;
        }
        PdfTemplate page = canvas.page();
        page.saveState();
        SvgPathPainter.trace(path, page);
        if (evenOdd) {
            page.eoClip();
        } else {
            page.clip();
        }
        page.newPath();
        if (gradient.isRelativeToShape()) {
            canvas.concatenate(new AffineTransform(box.getWidth(), 0, 0, box.getHeight(), box.getX(), box.getY()));
        }
        canvas.concatenate(canvas.parseTransform(gradient.transform()));
        page.paintShading(gradient.shading(page.getPdfWriter()));
        page.restoreState();
    }
}

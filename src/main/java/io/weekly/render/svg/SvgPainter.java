package io.weekly.render.svg;

import io.weekly.render.text.Typeface;
import io.weekly.render.text.VisibleText;
import java.awt.geom.AffineTransform;
import org.openpdf.text.pdf.PdfTemplate;

/**
 * Draws a tenant's SVG with PDF operators into a separate PDF template. So if drawing fails, no part of it is on the page. It supports what
 * drawing programs use in logos: shapes, paths, groups, {@code use}, transformations, clip paths, gradients, images, and texts in the font
 * of reports. Masks, patterns, markers and filters are ignored; the elements that use them are drawn without them.
 *
 * <p>The work is bounded by the number of elements, their depth and the {@link SvgBudget}. An element counts each time it is used.
 */
public final class SvgPainter {
    private static final int MAX_ELEMENTS = 20_000;
    private static final int MAX_DEPTH = 64;

    private final SvgNode svg;
    private final SvgCanvas canvas;
    private final SvgReferences references;
    private final SvgOutlines outlines;
    private final SvgPaint paint;
    private final SvgText texts;
    private final SvgImages images;
    private int elements;

    private SvgPainter(SvgNode svg, PdfTemplate page, Typeface typeface, VisibleText visible) {
        this.svg = svg;
        this.canvas = new SvgCanvas(page);
        this.references = new SvgReferences(svg);
        this.outlines = new SvgOutlines(references, canvas);
        this.paint = new SvgPaint(canvas, references);
        this.texts = new SvgText(canvas, typeface, visible);
        this.images = new SvgImages(canvas);
    }

    /**
     * Draws the SVG.
     *
     * @param visible counts the characters of its texts that the font does not have
     * @throws IllegalArgumentException if the SVG needs more work than a logo may
     */
    public static void draw(SvgNode svg, PdfTemplate page, Typeface typeface, VisibleText visible) {
        new SvgPainter(svg, page, typeface, visible).draw();
    }

    private void draw() {
        children(svg, SvgStyle.root(new SvgStylesheet(svg, canvas.budget())).of(svg), 0);
    }

    private void children(SvgNode node, SvgStyle style, int depth) {
        node.children().stream().filter(child -> !child.isText()).forEach(child -> draw(child, style, depth + 1));
    }

    private void draw(SvgNode node, SvgStyle parent, int depth) {
        if (++elements > MAX_ELEMENTS || depth > MAX_DEPTH) {
            throw new IllegalArgumentException("draws more than %d elements, or nests deeper than %d".formatted(MAX_ELEMENTS, MAX_DEPTH));
        }
        canvas.budget().add(1);
        SvgStyle style = parent.of(node);
        if (!style.isShown()) {
            return;
        }
        canvas.page().saveState();
        canvas.concatenate(canvas.parseTransform(style.own("transform")));
        outlines.clip(style.own("clip-path"));
        switch (node.name()) {
            case "g", "a", "switch" -> children(node, style, depth);
            case "svg" -> {
                view(node, 0, 0);
                children(node, style, depth);
            }
            case "use" -> references.href(node).ifPresent(used -> use(node, used, style, depth));
            case "text" -> texts.draw(node, style);
            case "image" -> images.draw(node, style);
            default -> outlines.shape(node).filter(_ -> style.isVisible()).ifPresent(shape -> paint.paint(shape, style));
        }
        canvas.page().restoreState();
    }

    private void use(SvgNode node, SvgNode used, SvgStyle style, int depth) {
        canvas.concatenate(AffineTransform.getTranslateInstance(node.number("x", 0), node.number("y", 0)));
        if (used.name().equals("symbol")) {
            view(used, node.number("width", 0), node.number("height", 0));
            children(used, style.of(used), depth + 1);
        } else {
            draw(used, style, depth + 1);
        }
    }

    private void view(SvgNode node, double useWidth, double useHeight) {
        canvas.budget().addText(node.get("viewBox").length());
        canvas.concatenate(SvgView.inside(node, useWidth, useHeight));
    }
}

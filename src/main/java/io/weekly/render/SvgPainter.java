package io.weekly.render;

import java.awt.Color;
import java.awt.geom.AffineTransform;
import java.awt.geom.Path2D;
import java.awt.geom.Rectangle2D;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.openpdf.text.Image;
import org.openpdf.text.pdf.PdfContentByte;
import org.openpdf.text.pdf.PdfGState;
import org.openpdf.text.pdf.PdfTemplate;

/**
 * Draws a tenant's SVG with PDF operators, into a template of its own: what fails half-way never reaches the page. It knows what
 * drawing programs put in a logo: shapes, paths, groups, uses, transformations, clips, gradients, texts in our font, images. Masks,
 * patterns, markers and filters it leaves out; what they would change is drawn without them.
 *
 * <p>Bounded: so many elements, with those that are used again counted each time, and so deep.
 */
final class SvgPainter {
    private static final int MOST_ELEMENTS = 20_000;
    private static final int DEEPEST = 64;

    private final PdfTemplate page;
    private final Map<String, SvgNode> byId = new HashMap<>();
    private final Map<String, PdfGState> opacities = new HashMap<>();
    private final SvgText texts;
    private int elements;

    SvgPainter(PdfTemplate page, Typeface typeface) {
        this.page = page;
        this.texts = new SvgText(page, typeface);
    }

    /** @throws IllegalArgumentException where it is more than a logo may be */
    void draw(SvgNode svg) {
        StringBuilder css = new StringBuilder();
        collect(svg, css);
        SvgLook look = SvgLook.outermost(new SvgSheet(css.toString())).of(svg);
        children(svg, look, 0);
    }

    private void collect(SvgNode node, StringBuilder css) {
        if (!node.get("id").isEmpty()) {
            byId.putIfAbsent(node.get("id"), node);
        }
        if (node.name().equals("style")) {
            node.children().forEach(text -> css.append(text.text()));
        }
        node.children().forEach(child -> collect(child, css));
    }

    private void children(SvgNode node, SvgLook look, int depth) {
        node.children().stream().filter(child -> !child.isText()).forEach(child -> draw(child, look, depth + 1));
    }

    private void draw(SvgNode node, SvgLook around, int depth) {
        if (++elements > MOST_ELEMENTS || depth > DEEPEST) {
            throw new IllegalArgumentException("draws more than %d elements, or deeper than %d".formatted(MOST_ELEMENTS, DEEPEST));
        }
        SvgLook look = around.of(node);
        if (!look.isShown()) {
            return;
        }
        page.saveState();
        concatenate(SvgShape.transform(look.own("transform")));
        clip(look);
        switch (node.name()) {
            case "g", "a", "switch" -> children(node, look, depth);
            case "svg" -> {
                concatenate(SvgView.inside(node, 0, 0));
                children(node, look, depth);
            }
            case "use" -> use(node, look, depth);
            case "text" -> texts.write(node, look, this::alpha);
            case "image" -> image(node, look);
            default -> SvgShape.of(node).filter(path -> look.isVisible()).ifPresent(path -> paint(path, look));
        }
        page.restoreState();
    }

    private void use(SvgNode node, SvgLook look, int depth) {
        SvgNode used = linked(node);
        if (used == null) {
            return;
        }
        concatenate(AffineTransform.getTranslateInstance(node.number("x", 0), node.number("y", 0)));
        if (used.name().equals("symbol")) {
            concatenate(SvgView.inside(used, node.number("width", 0), node.number("height", 0)));
            children(used, look.of(used), depth + 1);
        } else {
            draw(used, look, depth + 1);
        }
    }

    private SvgNode linked(SvgNode node) {
        return node.get("href").startsWith("#") ? byId.get(node.get("href").substring(1)) : null;
    }

    /** By the shapes of a clipPath together; those of a text, and units of the clipped shape's box, clip nothing. */
    private void clip(SvgLook look) {
        Optional<SvgNode> clip = SvgLook.link(look.own("clip-path")).map(byId::get).filter(node -> node.name().equals("clipPath"));
        if (clip.isEmpty() || clip.get().get("clipPathUnits").equals("objectBoundingBox")) {
            return;
        }
        Path2D.Double all = new Path2D.Double();
        for (SvgNode child : clip.get().children()) {
            SvgNode shape = child.name().equals("use") ? linked(child) : child;
            Optional.ofNullable(shape).flatMap(SvgShape::of).ifPresent(path -> {
                path.transform(SvgShape.transform(shape.get("transform")));
                all.append(path, false);
            });
        }
        if (all.getCurrentPoint() != null) {
            all.transform(SvgShape.transform(clip.get().get("transform")));
            SvgInk.trace(all, page);
            page.clip();
            page.newPath();
        }
    }

    private void paint(Path2D.Double path, SvgLook look) {
        boolean evenOdd = look.get("fill-rule").equals("evenodd");
        Optional<SvgGradient> gradient = gradient(look, "fill");
        Optional<Color> fill = look.colour("fill");
        if (gradient.isPresent()) {
            shade(path, evenOdd, gradient.get(), look);
        } else if (fill.isPresent()) {
            alpha(look.opacity("fill") * fill.get().getAlpha() / 255, 1);
            SvgInk.fill(path, evenOdd, fill.get(), page);
        }
        gradient(look, "stroke").map(SvgGradient::mean).or(() -> look.colour("stroke")).ifPresent(colour -> {
            alpha(1, look.opacity("stroke") * colour.getAlpha() / 255);
            SvgInk.stroke(path, colour, look, page);
        });
    }

    private Optional<SvgGradient> gradient(SvgLook look, String property) {
        return SvgLook.link(look.get(property)).map(byId::get)
                .filter(node -> node.name().endsWith("Gradient"))
                .map(node -> new SvgGradient(node, byId, look))
                .filter(gradient -> !gradient.isEmpty());
    }

    private void shade(Path2D.Double path, boolean evenOdd, SvgGradient gradient, SvgLook look) {
        Rectangle2D box = path.getBounds2D();
        alpha(look.opacity("fill") * gradient.mean().getAlpha() / 255, 1);
        if (gradient.fitsTheShape() && (box.getWidth() <= 0 || box.getHeight() <= 0)) {
            return;
        }
        page.saveState();
        SvgInk.trace(path, page);
        if (evenOdd) {
            page.eoClip();
        } else {
            page.clip();
        }
        page.newPath();
        if (gradient.fitsTheShape()) {
            concatenate(new AffineTransform(box.getWidth(), 0, 0, box.getHeight(), box.getX(), box.getY()));
        }
        concatenate(gradient.transform());
        page.paintShading(gradient.shading(page.getPdfWriter()));
        page.restoreState();
    }

    private void image(SvgNode node, SvgLook look) {
        Optional<Image> image = LogoImage.raster(node.get("href"));
        double width = node.number("width", image.map(Image::getWidth).orElse(0f));
        double height = node.number("height", image.map(Image::getHeight).orElse(0f));
        if (image.isEmpty() || width <= 0 || height <= 0 || !look.isVisible()) {
            return;
        }
        double scale = Math.min(width / image.get().getWidth(), height / image.get().getHeight());
        double wide = scale * image.get().getWidth();
        double high = scale * image.get().getHeight();
        double left = node.number("x", 0) + (width - wide) / 2;
        double bottom = node.number("y", 0) + (height + high) / 2;
        alpha(look.opacity("fill"), 1);
        page.addImage(image.get(), (float) wide, 0, 0, (float) -high, (float) left, (float) bottom);
    }

    private void alpha(double fill, double stroke) {
        page.setGState(opacities.computeIfAbsent(Math.round(fill * 255) + "/" + Math.round(stroke * 255), _ -> {
            PdfGState state = new PdfGState();
            state.setFillOpacity((float) fill);
            state.setStrokeOpacity((float) stroke);
            return state;
        }));
    }

    private void concatenate(AffineTransform transform) {
        if (!transform.isIdentity()) {
            page.concatCTM((float) transform.getScaleX(), (float) transform.getShearY(), (float) transform.getShearX(),
                    (float) transform.getScaleY(), (float) transform.getTranslateX(), (float) transform.getTranslateY());
        }
    }
}

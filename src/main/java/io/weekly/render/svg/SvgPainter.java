package io.weekly.render.svg;

import io.weekly.render.image.Raster;
import io.weekly.render.text.Typeface;
import java.awt.Color;
import java.awt.geom.AffineTransform;
import java.awt.geom.Path2D;
import java.awt.geom.Rectangle2D;
import java.util.HashMap;
import java.util.IdentityHashMap;
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
 * <p>Bounded: so many elements, with those that are used again counted each time, so deep, and so much {@link SvgWork}. What a node is by
 * itself is found out once, however often it is used.
 */
public final class SvgPainter {
    private static final int MOST_ELEMENTS = 20_000;
    private static final int DEEPEST = 64;

    private final PdfTemplate page;
    private final Map<String, SvgNode> byId = new HashMap<>();
    private final Map<String, PdfGState> opacities = new HashMap<>();
    private final SvgWork work = new SvgWork();
    private final SvgText texts;
    private final Map<SvgNode, Optional<Outline>> shapes = new IdentityHashMap<>();
    private final Map<SvgNode, Optional<Outline>> clips = new IdentityHashMap<>();
    private final Map<SvgNode, Optional<Image>> images = new IdentityHashMap<>();
    private int elements;

    private record Outline(Path2D.Double path, int segments) {}

    public SvgPainter(PdfTemplate page, Typeface typeface) {
        this.page = page;
        this.texts = new SvgText(page, typeface, work);
    }

    /** @throws IllegalArgumentException where it is more than a logo may be */
    public void draw(SvgNode svg) {
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
        concatenate(transform(look.own("transform")));
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
            default -> shape(node).filter(_ -> look.isVisible()).ifPresent(shape -> paint(shape, look));
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
        Optional<Outline> outline = clips.get(clip.get());
        if (outline == null) {
            outline = outline(clip.get());
            clips.put(clip.get(), outline);
        }
        outline.ifPresent(all -> {
            work.add(all.segments);
            SvgInk.trace(all.path, page);
            page.clip();
            page.newPath();
        });
    }

    private Optional<Outline> outline(SvgNode clip) {
        Path2D.Double all = new Path2D.Double();
        int segments = 0;
        for (SvgNode child : clip.children()) {
            SvgNode node = child.name().equals("use") ? linked(child) : child;
            Optional<Outline> shape = node == null ? Optional.empty() : shape(node);
            if (shape.isPresent()) {
                work.add(shape.get().segments);
                segments += shape.get().segments;
                all.append(shape.get().path.getPathIterator(transform(node.get("transform"))), false);
            }
        }
        all.transform(transform(clip.get("transform")));
        return segments == 0 ? Optional.empty() : Optional.of(new Outline(all, segments));
    }

    private Optional<Outline> shape(SvgNode node) {
        return shapes.computeIfAbsent(node, _ -> SvgShape.of(node).map(path -> new Outline(path, SvgInk.segments(path))));
    }

    private void paint(Outline shape, SvgLook look) {
        Path2D.Double path = shape.path;
        boolean evenOdd = look.get("fill-rule").equals("evenodd");
        Optional<SvgGradient> gradient = gradient(look, "fill");
        Optional<Color> fill = look.colour("fill");
        if (gradient.isPresent()) {
            work.add(shape.segments);
            shade(path, evenOdd, gradient.get(), look);
        } else if (fill.isPresent()) {
            work.add(shape.segments);
            alpha(look.opacity("fill") * fill.get().getAlpha() / 255, 1);
            SvgInk.fill(path, evenOdd, fill.get(), page);
        }
        gradient(look, "stroke").map(SvgGradient::mean).or(() -> look.colour("stroke")).ifPresent(colour -> {
            work.add(shape.segments);
            alpha(1, look.opacity("stroke") * colour.getAlpha() / 255);
            SvgInk.stroke(path, colour, look, page);
        });
    }

    private Optional<SvgGradient> gradient(SvgLook look, String property) {
        return SvgLook.link(look.get(property)).map(byId::get)
                .filter(node -> node.name().endsWith("Gradient"))
                .map(node -> new SvgGradient(node, byId, look, work))
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
        concatenate(transform(gradient.transform()));
        page.paintShading(gradient.shading(page.getPdfWriter()));
        page.restoreState();
    }

    private void image(SvgNode node, SvgLook look) {
        Optional<Image> image = images.computeIfAbsent(node, _ -> raster(node));
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

    /** Unpacked pixels are kept for as long as it is drawn. */
    private Optional<Image> raster(SvgNode node) {
        work.add(1000);
        Optional<Image> image = Raster.in(node.get("href"), Raster.MAX_LOGO_PIXELS);
        image.ifPresent(pixels -> work.add((long) (pixels.getWidth() * pixels.getHeight() / 25)));
        return image;
    }

    private AffineTransform transform(String text) {
        work.addText(text.length());
        return SvgShape.transform(text);
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

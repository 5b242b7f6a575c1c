package io.weekly.render.svg;

import java.awt.geom.Path2D;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Optional;

/** The outlines of shapes and clip paths. Each is computed once, however often the SVG uses it. */
final class SvgOutlines {
    private final SvgReferences references;
    private final SvgCanvas canvas;
    private final Map<SvgNode, Optional<Outline>> shapes = new IdentityHashMap<>();
    private final Map<SvgNode, Optional<Outline>> clipPaths = new IdentityHashMap<>();

    record Outline(Path2D.Double path, int segments) {}

    SvgOutlines(SvgReferences references, SvgCanvas canvas) {
        this.references = references;
        this.canvas = canvas;
    }

    /** Empty if the element is not a shape. */
    Optional<Outline> shape(SvgNode node) {
        return shapes.computeIfAbsent(node, _ -> SvgShape.of(node).map(path -> new Outline(path, SvgPathPainter.segments(path))));
    }

    /** Limits what is drawn next to a {@code clipPath}. Clipping by texts or in units of the clipped shape is not supported and ignored. */
    void clip(String clipPath) {
        references.url(clipPath)
                .filter(node -> node.name().equals("clipPath") && !node.get("clipPathUnits").equals("objectBoundingBox"))
                .flatMap(node -> clipPaths.computeIfAbsent(node, this::union))
                .ifPresent(outline -> {
                    canvas.budget().add(outline.segments);
                    SvgPathPainter.trace(outline.path, canvas.page());
                    canvas.page().clip();
                    canvas.page().newPath();
                });
    }

    private Optional<Outline> union(SvgNode clipPath) {
        Path2D.Double all = new Path2D.Double();
        int segments = 0;
        for (SvgNode child : clipPath.children()) {
            Optional<SvgNode> node = child.name().equals("use") ? references.href(child) : Optional.of(child);
            Optional<Outline> shape = node.flatMap(this::shape);
            if (node.isPresent() && shape.isPresent()) {
                canvas.budget().add(shape.get().segments);
                segments += shape.get().segments;
                all.append(shape.get().path.getPathIterator(canvas.parseTransform(node.get().get("transform"))), false);
            }
        }
        all.transform(canvas.parseTransform(clipPath.get("transform")));
        return segments == 0 ? Optional.empty() : Optional.of(new Outline(all, segments));
    }
}

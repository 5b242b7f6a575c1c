package io.weekly.render.svg;

import java.awt.Color;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.openpdf.text.pdf.PdfFunction;
import org.openpdf.text.pdf.PdfShading;
import org.openpdf.text.pdf.PdfWriter;

/** A gradient as a PDF shading. The colours of the stops are exact. Their opacity is the mean of all stops. */
final class SvgGradient {
    private static final int MAX_STOPS = 50;
    private static final int MAX_LINKS = 8;
    /** In path segments: each stop becomes an object of the PDF. */
    private static final int COST_OF_STOP = 10;

    private final Map<String, String> attributes = new HashMap<>();
    private final List<Stop> stops = new ArrayList<>();
    private final boolean radial;

    private record Stop(double offset, Color colour) {}

    /** Missing stops and attributes come from the gradient that this one links to, and so on. */
    SvgGradient(SvgNode gradient, SvgReferences references, SvgStyle style, SvgBudget budget) {
        this.radial = gradient.name().equals("radialGradient");
        Optional<SvgNode> next = Optional.of(gradient);
        for (int links = 0; next.isPresent() && links < MAX_LINKS; links++) {
            SvgNode node = next.get();
            budget.add(1 + node.children().size() + node.attributes().size() / 4);
            node.attributes().forEach(attributes::putIfAbsent);
            if (stops.isEmpty()) {
                node.children().stream().filter(child -> child.name().equals("stop")).limit(MAX_STOPS).forEach(stop -> add(stop, style));
                budget.add((long) COST_OF_STOP * stops.size());
            }
            next = references.href(node);
        }
    }

    private void add(SvgNode stop, SvgStyle style) {
        double offset = Math.clamp(SvgLength.of(stop.get("offset"), 1, 0), 0, 1);
        double before = stops.isEmpty() ? 0 : stops.getLast().offset;
        stops.add(new Stop(Math.max(offset, before), style.of(stop).stopColour()));
    }

    boolean isEmpty() {
        return stops.isEmpty();
    }

    /** The mean colour of the stops, which replaces the gradient where it cannot be drawn. */
    Color mean() {
        int[] sum = new int[4];
        for (Stop stop : stops) {
            sum[0] += stop.colour.getRed();
            sum[1] += stop.colour.getGreen();
            sum[2] += stop.colour.getBlue();
            sum[3] += stop.colour.getAlpha();
        }
        int count = Math.max(1, stops.size());
        return new Color(sum[0] / count, sum[1] / count, sum[2] / count, sum[3] / count);
    }

    /** Whether coordinates are fractions of the shape's bounding box. */
    boolean isRelativeToShape() {
        return !"userSpaceOnUse".equals(attributes.get("gradientUnits"));
    }

    String transform() {
        return attributes.getOrDefault("gradientTransform", "");
    }

    PdfShading shading(PdfWriter writer) {
        float[] domain = {0, 1};
        boolean[] extend = {true, true};
        if (radial) {
            float cx = coordinate("cx", 0.5);
            float cy = coordinate("cy", 0.5);
            float[] circles = {coordinate("fx", cx), coordinate("fy", cy), 0, cx, cy, coordinate("r", 0.5)};
            return PdfShading.type3(writer, Color.BLACK, circles, domain, colours(writer), extend);
        }
        float[] ends = {coordinate("x1", 0), coordinate("y1", 0), coordinate("x2", 1), coordinate("y2", 0)};
        return PdfShading.type2(writer, Color.BLACK, ends, domain, colours(writer), extend);
    }

    private float coordinate(String name, double otherwise) {
        return (float) SvgLength.of(attributes.getOrDefault(name, ""), 1, otherwise);
    }

    /** One function between every two stops. Before the first and after the last stop, the colour does not change. */
    private PdfFunction colours(PdfWriter writer) {
        List<Stop> all = new ArrayList<>(stops);
        all.addFirst(new Stop(0, stops.getFirst().colour));
        all.addLast(new Stop(1, stops.getLast().colour));
        List<PdfFunction> pieces = new ArrayList<>();
        List<Double> bounds = new ArrayList<>();
        for (int i = 1; i < all.size(); i++) {
            if (all.get(i).offset > all.get(i - 1).offset) {
                pieces.add(PdfFunction.type2(writer, new float[] {0, 1}, null, rgb(all.get(i - 1).colour), rgb(all.get(i).colour), 1));
                bounds.add(all.get(i).offset);
            }
        }
        bounds.removeLast();
        float[] limits = new float[bounds.size()];
        float[] encode = new float[2 * pieces.size()];
        for (int i = 0; i < pieces.size(); i++) {
            encode[2 * i + 1] = 1;
            if (i < limits.length) {
                limits[i] = bounds.get(i).floatValue();
            }
        }
        return PdfFunction.type3(writer, new float[] {0, 1}, null, pieces.toArray(PdfFunction[]::new), limits, encode);
    }

    private static float[] rgb(Color colour) {
        return new float[] {colour.getRed() / 255f, colour.getGreen() / 255f, colour.getBlue() / 255f};
    }
}

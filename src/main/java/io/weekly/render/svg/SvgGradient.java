package io.weekly.render.svg;

import java.awt.Color;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.openpdf.text.pdf.PdfFunction;
import org.openpdf.text.pdf.PdfShading;
import org.openpdf.text.pdf.PdfWriter;

/** A gradient as a PDF shading. The colours of its stops are exact; their opacity is that of all stops in the mean. */
final class SvgGradient {
    private static final int MOST_STOPS = 50;

    private final Map<String, String> attributes = new HashMap<>();
    private final List<Stop> stops = new ArrayList<>();
    private final boolean radial;

    private record Stop(double offset, Color colour) {}

    /** Stops and attributes that it lacks come from the gradient that it links to, and so on. */
    SvgGradient(SvgNode gradient, Map<String, SvgNode> byId, SvgLook look, SvgWork work) {
        this.radial = gradient.name().equals("radialGradient");
        SvgNode node = gradient;
        for (int links = 0; node != null && links < 8; links++) {
            work.add(1 + node.children().size());
            node.attributes().forEach(attributes::putIfAbsent);
            if (stops.isEmpty()) {
                node.children().stream().filter(child -> child.name().equals("stop")).limit(MOST_STOPS).forEach(stop -> add(stop, look));
            }
            node = node.get("href").startsWith("#") ? byId.get(node.get("href").substring(1)) : null;
        }
    }

    private void add(SvgNode stop, SvgLook look) {
        double offset = Math.clamp(SvgLength.of(stop.get("offset"), 1, 0), 0, 1);
        double before = stops.isEmpty() ? 0 : stops.getLast().offset;
        stops.add(new Stop(Math.max(offset, before), look.of(stop).stopColour()));
    }

    boolean isEmpty() {
        return stops.isEmpty();
    }

    /** What it is in the mean: where a gradient cannot be drawn, and for its opacity. */
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

    boolean fitsTheShape() {
        return !"userSpaceOnUse".equals(attributes.get("gradientUnits"));
    }

    String transform() {
        return attributes.getOrDefault("gradientTransform", "");
    }

    PdfShading shading(PdfWriter writer) {
        float[] domain = {0, 1};
        boolean[] extend = {true, true};
        if (radial) {
            float cx = at("cx", 0.5);
            float cy = at("cy", 0.5);
            float[] circles = {at("fx", cx), at("fy", cy), 0, cx, cy, at("r", 0.5)};
            return PdfShading.type3(writer, Color.BLACK, circles, domain, colours(writer), extend);
        }
        float[] ends = {at("x1", 0), at("y1", 0), at("x2", 1), at("y2", 0)};
        return PdfShading.type2(writer, Color.BLACK, ends, domain, colours(writer), extend);
    }

    private float at(String name, double otherwise) {
        return (float) SvgLength.of(attributes.getOrDefault(name, ""), 1, otherwise);
    }

    /** One function between every two stops, joined; before the first and after the last its colour stays. */
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

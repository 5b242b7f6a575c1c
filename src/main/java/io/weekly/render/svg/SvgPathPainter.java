package io.weekly.render.svg;

import java.awt.Color;
import java.awt.geom.Path2D;
import java.awt.geom.PathIterator;
import java.util.Arrays;
import org.openpdf.text.pdf.PdfContentByte;

/** Writes paths to a PDF page, filled or stroked. */
public final class SvgPathPainter {
    private SvgPathPainter() {}

    static int segments(Path2D.Double path) {
        int segments = 0;
        for (PathIterator each = path.getPathIterator(null); !each.isDone(); each.next()) {
            segments++;
        }
        return segments;
    }

    /** Adds the path to the current path of the page; the caller fills, strokes or clips it. */
    public static void trace(Path2D.Double path, PdfContentByte page) {
        double[] p = new double[6];
        double x = 0;
        double y = 0;
        for (PathIterator each = path.getPathIterator(null); !each.isDone(); each.next()) {
            switch (each.currentSegment(p)) {
                case PathIterator.SEG_MOVETO -> page.moveTo((float) (x = p[0]), (float) (y = p[1]));
                case PathIterator.SEG_LINETO -> page.lineTo((float) (x = p[0]), (float) (y = p[1]));
                case PathIterator.SEG_QUADTO -> {
                    // PDF has cubic curves only.
                    page.curveTo((float) (x + 2 * (p[0] - x) / 3), (float) (y + 2 * (p[1] - y) / 3),
                            (float) (p[2] + 2 * (p[0] - p[2]) / 3), (float) (p[3] + 2 * (p[1] - p[3]) / 3), (float) p[2], (float) p[3]);
                    x = p[2];
                    y = p[3];
                }
                case PathIterator.SEG_CUBICTO -> page.curveTo(
                        (float) p[0], (float) p[1], (float) p[2], (float) p[3], (float) (x = p[4]), (float) (y = p[5]));
                default -> page.closePath();
            }
        }
    }

    static void fill(Path2D.Double path, boolean evenOdd, Color colour, PdfContentByte page) {
        trace(path, page);
        page.setRGBColorFill(colour.getRed(), colour.getGreen(), colour.getBlue());
        if (evenOdd) {
            page.eoFill();
        } else {
            page.fill();
        }
    }

    static void stroke(Path2D.Double path, Color colour, SvgStyle style, PdfContentByte page) {
        double width = style.number("stroke-width", 1);
        if (width <= 0) {
            return;
        }
        page.setRGBColorStroke(colour.getRed(), colour.getGreen(), colour.getBlue());
        page.setLineWidth((float) width);
        page.setLineCap(switch (style.get("stroke-linecap")) {
            case "round" -> PdfContentByte.LINE_CAP_ROUND;
            case "square" -> PdfContentByte.LINE_CAP_PROJECTING_SQUARE;
            default -> PdfContentByte.LINE_CAP_BUTT;
        });
        page.setLineJoin(switch (style.get("stroke-linejoin")) {
            case "round" -> PdfContentByte.LINE_JOIN_ROUND;
            case "bevel" -> PdfContentByte.LINE_JOIN_BEVEL;
            default -> PdfContentByte.LINE_JOIN_MITER;
        });
        page.setMiterLimit((float) Math.max(1, style.number("stroke-miterlimit", 4)));
        page.setLineDash(dashes(style.get("stroke-dasharray")), (float) style.number("stroke-dashoffset", 0));
        trace(path, page);
        page.stroke();
    }

    /** None if the pattern is not valid: a PDF with a negative dash, or with zeros only, is broken. */
    private static float[] dashes(String text) {
        double[] dashes = text.isEmpty() || text.equals("none") ? new double[0] : SvgColour.numbers(text);
        boolean valid = dashes.length <= 20 && Arrays.stream(dashes).allMatch(dash -> dash >= 0) && Arrays.stream(dashes).sum() > 0;
        float[] pattern = new float[valid ? dashes.length : 0];
        for (int i = 0; i < pattern.length; i++) {
            pattern[i] = (float) dashes[i];
        }
        return pattern;
    }
}

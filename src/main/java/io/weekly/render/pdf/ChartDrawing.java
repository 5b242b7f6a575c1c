package io.weekly.render.pdf;

import io.weekly.render.brand.Colour;
import io.weekly.render.svg.SvgLength;
import io.weekly.render.svg.SvgNode;
import io.weekly.render.svg.SvgPath;
import io.weekly.render.svg.SvgPathPainter;
import io.weekly.render.svg.SvgView;
import io.weekly.render.text.Typeface;
import io.weekly.text.ControlCharacters;
import java.awt.Color;
import java.awt.geom.Path2D;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.openpdf.text.Rectangle;
import org.openpdf.text.pdf.BaseFont;
import org.openpdf.text.pdf.PdfContentByte;
import org.openpdf.text.pdf.PdfDictionary;
import org.openpdf.text.pdf.PdfName;
import org.openpdf.text.pdf.PdfObject;
import org.openpdf.text.pdf.PdfString;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.xhtmlrenderer.pdf.ITextOutputDevice;
import org.xhtmlrenderer.render.BlockBox;
import org.xhtmlrenderer.render.RenderingContext;

/**
 * Draws the SVG of charts with PDF operators. So a chart is sharp at any size, and readers can search and copy its text. If an author wrote
 * the SVG, unknown elements and mistakes are left out.
 *
 * <p>Traps: the y axis of SVG points down, and the y axis of PDF points up. So the drawing is mirrored, and each text is mirrored back. The
 * output device keeps colours and line widths, so all drawing is done between saveState and restoreState. There is no Graphics2D in a
 * native image. The text alternative is stored as a property of the page: in the content stream, the encryption of the document would make
 * it unreadable.
 */
final class ChartDrawing extends VectorElement {
    private static final int DOTS_PER_PIXEL = 20;

    private final Element svg;
    private final Typeface typeface;
    private final SvgView view;

    /** The size in dots; 0 or less takes the size of the SVG itself. */
    static ChartDrawing of(Element svg, Typeface typeface, int cssWidth, int cssHeight) {
        SvgNode root = root(svg);
        SvgView view = SvgView.of(root);
        int width = cssWidth > 0 ? cssWidth : (int) (SvgView.width(root) * DOTS_PER_PIXEL);
        int height = cssHeight > 0 ? cssHeight : (int) (width * view.height() / view.width());
        return new ChartDrawing(svg, typeface, view, width, height);
    }

    private static SvgNode root(Element svg) {
        Map<String, String> attributes = new HashMap<>();
        for (String name : List.of("width", "height", "viewBox")) {
            attributes.put(name, svg.getAttribute(name));
        }
        return new SvgNode("svg", attributes, List.of(), "");
    }

    private ChartDrawing(Element svg, Typeface typeface, SvgView view, int width, int height) {
        super(width, height);
        this.svg = svg;
        this.typeface = typeface;
        this.view = view;
    }

    @Override
    public void paint(RenderingContext context, ITextOutputDevice device, BlockBox box) {
        Rectangle area = device.createLocalTargetArea(context, box);
        PdfContentByte page = device.getCurrentPage();
        String label = svg.getAttribute("aria-label");
        if (!label.isEmpty()) {
            PdfDictionary properties = new PdfDictionary();
            properties.put(new PdfName("Alt"), new PdfString(label, PdfObject.TEXT_UNICODE));
            page.beginMarkedContentSequence(new PdfName("Span"), properties, false);
        }
        page.saveState();
        double scale = area.getWidth() / Math.max(0.01, view.width());
        page.concatCTM((float) scale, 0, 0, (float) -scale,
                (float) (area.getLeft() - scale * view.x()), (float) (area.getTop() + scale * view.y()));
        for (Node node = svg.getFirstChild(); node != null; node = node.getNextSibling()) {
            if (node instanceof Element shape) {
                draw(shape, page);
            }
        }
        page.restoreState();
        if (!label.isEmpty()) {
            page.endMarkedContentSequence();
        }
    }

    private void draw(Element shape, PdfContentByte page) {
        switch (shape.getNodeName()) {
            case "rect" -> {
                page.rectangle(at(shape, "x"), at(shape, "y"), at(shape, "width"), at(shape, "height"));
                paint(shape, page);
            }
            case "line" -> {
                page.moveTo(at(shape, "x1"), at(shape, "y1"));
                page.lineTo(at(shape, "x2"), at(shape, "y2"));
                paint(shape, page);
            }
            case "circle" -> {
                page.circle(at(shape, "cx"), at(shape, "cy"), at(shape, "r"));
                paint(shape, page);
            }
            case "polyline" -> outline("M" + shape.getAttribute("points"), shape, page);
            case "path" -> outline(shape.getAttribute("d"), shape, page);
            case "text" -> write(shape, page);
            default -> { }
        }
    }

    /** Draws the path up to its first mistake. */
    private static void outline(String path, Element shape, PdfContentByte page) {
        Path2D.Double outline = SvgPath.parse(path);
        if (outline.getCurrentPoint() != null) {
            SvgPathPainter.trace(outline, page);
            paint(shape, page);
        }
    }

    private static void paint(Element shape, PdfContentByte page) {
        boolean fills = shape.getAttribute("fill").startsWith("#");
        boolean strokes = shape.getAttribute("stroke").startsWith("#");
        if (fills) {
            page.setColorFill(colour(shape, "fill"));
        }
        if (strokes) {
            page.setColorStroke(colour(shape, "stroke"));
            page.setLineWidth((float) SvgLength.of(shape.getAttribute("stroke-width"), 100, 1));
            page.setLineJoin(PdfContentByte.LINE_JOIN_ROUND);
        }
        if (fills && strokes) {
            page.fillStroke();
        } else if (fills) {
            page.fill();
        } else if (strokes) {
            page.stroke();
        } else {
            page.newPath();
        }
    }

    private void write(Element shape, PdfContentByte page) {
        BaseFont font = typeface.font(shape.getAttribute("font-weight").equals("bold"));
        float size = (float) SvgLength.of(shape.getAttribute("font-size"), 100, 16);
        String text = ControlCharacters.oneLine(shape.getTextContent());
        if (size < 0.1) {
            return;
        }
        float width = font.getWidthPoint(text, size);
        float x = at(shape, "x") - switch (shape.getAttribute("text-anchor")) {
            case "middle" -> width / 2;
            case "end" -> width;
            default -> 0;
        };
        page.beginText();
        page.setColorFill(colour(shape, "fill"));
        page.setFontAndSize(font, size);
        page.setTextMatrix(1, 0, 0, -1, x, at(shape, "y"));
        page.showText(text);
        page.endText();
    }

    private static Color colour(Element shape, String name) {
        Colour colour = Colour.parse(shape.getAttribute(name), Colour.INK);
        return new Color(colour.red(), colour.green(), colour.blue());
    }

    private static float at(Element shape, String name) {
        return (float) SvgLength.of(shape.getAttribute(name), 100, 0);
    }
}

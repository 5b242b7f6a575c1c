package io.weekly.render;

import java.awt.Color;
import java.awt.Point;
import org.openpdf.text.Rectangle;
import org.openpdf.text.pdf.BaseFont;
import org.openpdf.text.pdf.PdfContentByte;
import org.openpdf.text.pdf.PdfDictionary;
import org.openpdf.text.pdf.PdfName;
import org.openpdf.text.pdf.PdfObject;
import org.openpdf.text.pdf.PdfString;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.xhtmlrenderer.layout.LayoutContext;
import org.xhtmlrenderer.pdf.ITextOutputDevice;
import org.xhtmlrenderer.pdf.ITextReplacedElement;
import org.xhtmlrenderer.render.BlockBox;
import org.xhtmlrenderer.render.RenderingContext;

/**
 * Draws the SVG that {@link Svg} writes with PDF operators: sharp at any size, its text is text. What it does not know it leaves out.
 *
 * <p>Traps: SVG's y grows downwards and PDF's upwards, so the whole drawing is mirrored and each text mirrored back; the output device
 * remembers colours and line widths, so everything happens between saveState and restoreState. No Graphics2D: a native image has none.
 * The text alternative is a property of the page and not written into its content: there an encrypted document would garble it.
 */
final class Drawing implements ITextReplacedElement {
    private static final int DOTS_PER_PIXEL = 20;

    private final Element svg;
    private final Typeface typeface;
    private final int width;
    private final int height;
    private Point location = new Point(0, 0);

    Drawing(Element svg, Typeface typeface, int cssWidth, int cssHeight) {
        this.svg = svg;
        this.typeface = typeface;
        double wide = number(svg, "width");
        double high = number(svg, "height");
        this.width = cssWidth > 0 ? cssWidth : (int) (wide * DOTS_PER_PIXEL);
        this.height = cssHeight > 0 ? cssHeight : (int) (width * high / Math.max(1, wide));
    }

    @Override
    public void paint(RenderingContext context, ITextOutputDevice device, BlockBox box) {
        Rectangle area = device.createLocalTargetArea(context, box);
        PdfContentByte page = device.getCurrentPage();
        String label = svg.getAttribute("aria-label");
        if (!label.isEmpty()) {
            PdfDictionary told = new PdfDictionary();
            told.put(new PdfName("Alt"), new PdfString(label, PdfObject.TEXT_UNICODE));
            page.beginMarkedContentSequence(new PdfName("Span"), told, false);
        }
        page.saveState();
        double scale = area.getWidth() / Math.max(1, number(svg, "width"));
        page.concatCTM((float) scale, 0, 0, (float) -scale, area.getLeft(), area.getTop());
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
            case "polyline" -> {
                trace(shape.getAttribute("points"), page);
                paint(shape, page);
            }
            case "path" -> {
                outline(shape.getAttribute("d").strip().split("[ ,]+"), page);
                paint(shape, page);
            }
            case "text" -> write(shape, page);
            default -> { }
        }
    }

    private static void trace(String points, PdfContentByte page) {
        boolean first = true;
        for (String point : points.split(" +")) {
            String[] xy = point.split(",");
            if (xy.length == 2) {
                float x = Float.parseFloat(xy[0]);
                float y = Float.parseFloat(xy[1]);
                if (first) {
                    page.moveTo(x, y);
                } else {
                    page.lineTo(x, y);
                }
                first = false;
            }
        }
    }

    /** M, L, C and Z in absolute coordinates; what follows a command that is none of these is left out. */
    private static void outline(String[] path, PdfContentByte page) {
        char command = ' ';
        int i = 0;
        while (i < path.length) {
            if (path[i].length() == 1 && Character.isLetter(path[i].charAt(0))) {
                command = path[i++].charAt(0);
            }
            int takes = command == 'C' ? 6 : command == 'M' || command == 'L' ? 2 : 0;
            if (command == 'Z') {
                page.closePath();
                command = ' ';
            } else if (takes == 0 || i + takes > path.length) {
                return;
            } else {
                float[] at = new float[takes];
                for (int n = 0; n < takes; n++) {
                    at[n] = Float.parseFloat(path[i++]);
                }
                switch (command) {
                    case 'M' -> page.moveTo(at[0], at[1]);
                    case 'L' -> page.lineTo(at[0], at[1]);
                    default -> page.curveTo(at[0], at[1], at[2], at[3], at[4], at[5]);
                }
                command = command == 'M' ? 'L' : command;
            }
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
            page.setLineWidth(at(shape, "stroke-width"));
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
        float size = at(shape, "font-size");
        String text = shape.getTextContent();
        float wide = font.getWidthPoint(text, size);
        float x = at(shape, "x") - switch (shape.getAttribute("text-anchor")) {
            case "middle" -> wide / 2;
            case "end" -> wide;
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
        return (float) number(shape, name);
    }

    private static double number(Element shape, String name) {
        try {
            return Double.parseDouble(shape.getAttribute(name));
        } catch (NumberFormatException _) {
            return 0;
        }
    }

    @Override
    public int getIntrinsicWidth() {
        return width;
    }

    @Override
    public int getIntrinsicHeight() {
        return height;
    }

    @Override
    public Point getLocation() {
        return location;
    }

    @Override
    public void setLocation(int x, int y) {
        location = new Point(x, y);
    }

    @Override
    public void detach(LayoutContext context) {}

    @Override
    public boolean isRequiresInteractivePaint() {
        return false;
    }

    @Override
    public boolean hasBaseline() {
        return false;
    }

    @Override
    public int getBaseline() {
        return 0;
    }
}

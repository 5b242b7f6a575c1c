package io.weekly.render.svg;

import io.weekly.render.text.Typeface;
import io.weekly.render.text.VisibleText;
import java.awt.Color;
import java.util.Optional;
import org.openpdf.text.pdf.BaseFont;
import org.openpdf.text.pdf.PdfContentByte;

/**
 * Draws the texts of an SVG in the font of reports. {@link VisibleText} replaces and counts the characters that the font does not have. A
 * text on a path is left out.
 */
final class SvgText {
    private static final int MAX_CHARACTERS = 1000;

    private final SvgCanvas canvas;
    private final Typeface typeface;
    private final VisibleText visible;
    private double x;
    private double y;

    SvgText(SvgCanvas canvas, Typeface typeface, VisibleText visible) {
        this.canvas = canvas;
        this.typeface = typeface;
        this.visible = visible;
    }

    void draw(SvgNode text, SvgStyle style) {
        x = 0;
        y = 0;
        drawChildren(text, style);
    }

    private void drawChildren(SvgNode node, SvgStyle style) {
        x = first(node, "x", x) + first(node, "dx", 0);
        y = first(node, "y", y) + first(node, "dy", 0);
        for (SvgNode child : node.children()) {
            canvas.budget().add(1);
            canvas.budget().addText(child.text().length());
            if (child.isText()) {
                show(child.text().replaceAll("\\s+", " "), style);
            } else if (child.name().equals("tspan")) {
                SvgStyle childStyle = style.of(child);
                if (childStyle.isShown()) {
                    drawChildren(child, childStyle);
                }
            }
        }
    }

    private void show(String text, SvgStyle style) {
        double size = style.number("font-size", 16);
        Optional<Color> colour = style.colour("fill");
        String shown = text.isBlank() ? "" : visible.of(start(text));
        BaseFont font = typeface.font(style.get("font-weight").matches("bold|bolder|[6-9]00"));
        if (size <= 0 || shown.isEmpty()) {
            return;
        }
        double width = font.getWidthPoint(shown, (float) size);
        double from = x - switch (style.get("text-anchor")) {
            case "middle" -> width / 2;
            case "end" -> width;
            default -> 0;
        };
        if (colour.isPresent() && style.isVisible()) {
            PdfContentByte page = canvas.page();
            canvas.setOpacity(style.opacity("fill") * colour.get().getAlpha() / 255, 1);
            page.beginText();
            page.setRGBColorFill(colour.get().getRed(), colour.get().getGreen(), colour.get().getBlue());
            page.setFontAndSize(font, (float) size);
            page.setTextMatrix(1, 0, 0, -1, (float) from, (float) y);
            page.showText(shown);
            page.endText();
        }
        x = from + width;
    }

    private static String start(String text) {
        return text.codePointCount(0, text.length()) <= MAX_CHARACTERS
                ? text
                : text.substring(0, text.offsetByCodePoints(0, MAX_CHARACTERS));
    }

    /** The first number of a list. */
    private static double first(SvgNode node, String attribute, double otherwise) {
        String list = node.get(attribute);
        int end = 0;
        while (end < list.length() && list.charAt(end) != ',' && !Character.isWhitespace(list.charAt(end))) {
            end++;
        }
        return SvgLength.of(list.substring(0, end), 100, otherwise);
    }
}

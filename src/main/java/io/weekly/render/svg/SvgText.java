package io.weekly.render.svg;

import io.weekly.render.text.Typeface;
import java.awt.Color;
import java.util.Optional;
import org.openpdf.text.pdf.BaseFont;
import org.openpdf.text.pdf.PdfContentByte;

/** The texts of an SVG, in our font whatever family they ask for; what it lacks is U+FFFD. A text on a path is left out. */
final class SvgText {
    private final PdfContentByte page;
    private final Typeface typeface;
    private final SvgWork work;
    private double x;
    private double y;

    /** Sets how opaque what is filled and stroked next shall be. */
    interface Opacity {
        void set(double fill, double stroke);
    }

    SvgText(PdfContentByte page, Typeface typeface, SvgWork work) {
        this.page = page;
        this.typeface = typeface;
        this.work = work;
    }

    void write(SvgNode text, SvgLook look, Opacity opacity) {
        x = 0;
        y = 0;
        run(text, look, opacity);
    }

    private void run(SvgNode node, SvgLook look, Opacity opacity) {
        x = first(node, "x", x) + first(node, "dx", 0);
        y = first(node, "y", y) + first(node, "dy", 0);
        for (SvgNode child : node.children()) {
            work.add(1);
            work.addText(child.text().length());
            if (child.isText()) {
                show(child.text().replaceAll("\\s+", " "), look, opacity);
            } else if (child.name().equals("tspan")) {
                SvgLook its = look.of(child);
                if (its.isShown()) {
                    run(child, its, opacity);
                }
            }
        }
    }

    private void show(String text, SvgLook look, Opacity opacity) {
        double size = look.number("font-size", 16);
        Optional<Color> colour = look.colour("fill");
        String shown = text.isBlank() ? "" : visible(text);
        BaseFont font = typeface.font(look.get("font-weight").matches("bold|bolder|[6-9]00"));
        if (size <= 0 || shown.isEmpty()) {
            return;
        }
        double wide = font.getWidthPoint(shown, (float) size);
        double from = x - switch (look.get("text-anchor")) {
            case "middle" -> wide / 2;
            case "end" -> wide;
            default -> 0;
        };
        if (colour.isPresent() && look.isVisible()) {
            opacity.set(look.opacity("fill") * colour.get().getAlpha() / 255, 1);
            page.beginText();
            page.setRGBColorFill(colour.get().getRed(), colour.get().getGreen(), colour.get().getBlue());
            page.setFontAndSize(font, (float) size);
            page.setTextMatrix(1, 0, 0, -1, (float) from, (float) y);
            page.showText(shown);
            page.endText();
        }
        x = from + wide;
    }

    private String visible(String text) {
        StringBuilder visible = new StringBuilder();
        text.codePoints().limit(1000).forEach(c -> visible.appendCodePoint(typeface.shows(c) ? c : Typeface.MISSING));
        return visible.toString();
    }

    private static double first(SvgNode node, String attribute, double otherwise) {
        return SvgLength.of(node.get(attribute).split("[\\s,]+")[0], 100, otherwise);
    }
}

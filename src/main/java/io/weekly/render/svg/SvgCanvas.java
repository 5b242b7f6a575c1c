package io.weekly.render.svg;

import java.awt.geom.AffineTransform;
import java.util.HashMap;
import java.util.Map;
import org.openpdf.text.pdf.PdfGState;
import org.openpdf.text.pdf.PdfTemplate;

/** The PDF template that an SVG is drawn on, and the budget of that drawing. */
final class SvgCanvas {
    private final PdfTemplate page;
    private final SvgBudget budget = new SvgBudget();
    private final Map<String, PdfGState> opacities = new HashMap<>();

    SvgCanvas(PdfTemplate page) {
        this.page = page;
    }

    PdfTemplate page() {
        return page;
    }

    SvgBudget budget() {
        return budget;
    }

    AffineTransform parseTransform(String text) {
        budget.addText(text.length());
        return SvgTransform.parse(text);
    }

    void concatenate(AffineTransform transform) {
        if (!transform.isIdentity()) {
            page.concatCTM((float) transform.getScaleX(), (float) transform.getShearY(), (float) transform.getShearX(),
                    (float) transform.getScaleY(), (float) transform.getTranslateX(), (float) transform.getTranslateY());
        }
    }

    /** The opacity of everything that is filled or stroked next: 0 to 1. */
    void setOpacity(double fill, double stroke) {
        page.setGState(opacities.computeIfAbsent(Math.round(fill * 255) + "/" + Math.round(stroke * 255), _ -> {
            PdfGState state = new PdfGState();
            state.setFillOpacity((float) fill);
            state.setStrokeOpacity((float) stroke);
            return state;
        }));
    }
}

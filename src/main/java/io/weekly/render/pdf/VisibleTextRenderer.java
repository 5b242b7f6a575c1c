package io.weekly.render.pdf;

import io.weekly.render.RenderStopped;
import io.weekly.render.text.VisibleText;
import org.xhtmlrenderer.pdf.ITextFSFont;
import org.xhtmlrenderer.pdf.ITextFontContext;
import org.xhtmlrenderer.pdf.ITextOutputDevice;
import org.xhtmlrenderer.pdf.ITextTextRenderer;
import org.xhtmlrenderer.render.JustificationInfo;

/**
 * Makes texts visible that are not in the page: {@code content:} of a style sheet can hold any text, or an attribute. The texts of the page
 * itself are visible already ({@link XhtmlParser}), and almost all of them are Latin, so the check is short.
 */
final class VisibleTextRenderer extends ITextTextRenderer {
    private final VisibleText drawn;

    /** {@code drawn} counts what the font does not have. A text is measured more often than it is drawn, so that is not counted. */
    VisibleTextRenderer(VisibleText drawn) {
        this.drawn = drawn;
    }

    @Override
    public void drawString(ITextOutputDevice device, String text, float x, float y) {
        super.drawString(device, isLatin(text) ? text : visible(text, drawn), x, y);
    }

    @Override
    public void drawString(ITextOutputDevice device, String text, float x, float y, JustificationInfo justification) {
        super.drawString(device, isLatin(text) ? text : visible(text, drawn), x, y, justification);
    }

    /** Flying Saucer does not look at the interrupt flag of the thread, but it measures each text that it places. */
    @Override
    public int getWidth(ITextFontContext context, ITextFSFont font, String text) {
        RenderStopped.ifInterrupted();
        return super.getWidth(context, font, isLatin(text) ? text : visible(text, new VisibleText()));
    }

    /** U+FFFD was counted when the page was prepared. */
    private static String visible(String text, VisibleText count) {
        StringBuilder visible = new StringBuilder(text.length());
        int from = 0;
        for (int lost = text.indexOf(VisibleText.REPLACEMENT); lost >= 0; lost = text.indexOf(VisibleText.REPLACEMENT, from)) {
            visible.append(count.of(text.substring(from, lost))).append(VisibleText.REPLACEMENT);
            from = lost + 1;
        }
        return visible.append(count.of(text.substring(from))).toString();
    }

    private static boolean isLatin(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < ' ' || c > '~' && c < '\u00a0' || c > '\u017f') {
                return false;
            }
        }
        return true;
    }
}

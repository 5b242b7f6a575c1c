package io.weekly.render.pdf;

import io.weekly.render.RenderStopped;
import org.xhtmlrenderer.pdf.ITextFSFont;
import org.xhtmlrenderer.pdf.ITextFontContext;
import org.xhtmlrenderer.pdf.ITextTextRenderer;

/**
 * Ends the layout of a page whose thread was interrupted. Flying Saucer does not look at the interrupt flag, but it measures each text that
 * it places.
 */
final class StoppableTextRenderer extends ITextTextRenderer {

    @Override
    public int getWidth(ITextFontContext context, ITextFSFont font, String text) {
        RenderStopped.ifInterrupted();
        return super.getWidth(context, font, text);
    }
}

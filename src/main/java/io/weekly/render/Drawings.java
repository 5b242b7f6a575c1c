package io.weekly.render;

import org.w3c.dom.Element;
import org.xhtmlrenderer.extend.FSImage;
import org.xhtmlrenderer.extend.ReplacedElement;
import org.xhtmlrenderer.extend.ReplacedElementFactory;
import org.xhtmlrenderer.extend.UserAgentCallback;
import org.xhtmlrenderer.layout.LayoutContext;
import org.xhtmlrenderer.pdf.ITextImageElement;
import org.xhtmlrenderer.render.BlockBox;
import org.xhtmlrenderer.simple.extend.FormSubmissionListener;

/** What stands in a page as a picture: inline SVG and images. Form fields do not exist in a report. */
final class Drawings implements ReplacedElementFactory {
    private final Typeface typeface;

    Drawings(Typeface typeface) {
        this.typeface = typeface;
    }

    @Override
    public ReplacedElement createReplacedElement(LayoutContext context, BlockBox box, UserAgentCallback agent, int width, int height) {
        Element element = box.getElement();
        return switch (element == null ? "" : element.getNodeName()) {
            case "svg" -> new Drawing(element, typeface, width, height);
            case "img" -> image(agent.getImageResource(element.getAttribute("src")).getImage(), width, height);
            default -> null;
        };
    }

    private static ReplacedElement image(FSImage image, int width, int height) {
        if (image == null) {
            return null;
        }
        return new ITextImageElement(width == -1 && height == -1 ? image : image.scale(width, height));
    }

    @Override
    public void reset() {}

    @Override
    public void remove(Element element) {}

    @Override
    public void setFormSubmissionListener(FormSubmissionListener listener) {}
}

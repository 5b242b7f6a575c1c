package io.weekly.render.pdf;

import io.weekly.render.brand.LogoImage;
import io.weekly.render.svg.SvgNode;
import io.weekly.render.svg.SvgView;
import io.weekly.render.text.Typeface;
import java.util.Optional;
import org.w3c.dom.Element;
import org.xhtmlrenderer.css.style.CalculatedStyle;
import org.xhtmlrenderer.extend.FSImage;
import org.xhtmlrenderer.extend.ReplacedElement;
import org.xhtmlrenderer.extend.ReplacedElementFactory;
import org.xhtmlrenderer.extend.UserAgentCallback;
import org.xhtmlrenderer.layout.LayoutContext;
import org.xhtmlrenderer.pdf.ITextImageElement;
import org.xhtmlrenderer.render.BlockBox;
import org.xhtmlrenderer.simple.extend.FormSubmissionListener;

/**
 * What stands in a page as a picture: inline SVG, images, and the tenant's logo. Form fields do not exist in a report.
 *
 * <p>Trap: Flying Saucer holds no image against max-width and max-height, so that is done here, in proportion.
 */
final class Drawings implements ReplacedElementFactory {
    private static final int DOTS_PER_PIXEL = 20;

    private final Typeface typeface;
    private final Optional<LogoImage> logo;

    Drawings(Typeface typeface, Optional<LogoImage> logo) {
        this.typeface = typeface;
        this.logo = logo;
    }

    @Override
    public ReplacedElement createReplacedElement(LayoutContext context, BlockBox box, UserAgentCallback agent, int width, int height) {
        Element element = box.getElement();
        return switch (element == null ? "" : element.getNodeName()) {
            case "svg" -> new Drawing(element, typeface, width, height);
            case "img" -> image(context, box, element.getAttribute("src"), agent, new Size(width, height));
            default -> null;
        };
    }

    private ReplacedElement image(LayoutContext context, BlockBox box, String src, UserAgentCallback agent, Size wanted) {
        Optional<SvgNode> svg = logo.filter(own -> own.dataUri().equals(src)).flatMap(LogoImage::svg);
        if (svg.isPresent()) {
            Size own = new Size((int) (SvgView.wide(svg.get()) * DOTS_PER_PIXEL), (int) (SvgView.high(svg.get()) * DOTS_PER_PIXEL));
            Size size = wanted.of(own).within(context, box);
            return new LogoDrawing(svg.get(), typeface, size.width, size.height);
        }
        FSImage image = agent.getImageResource(src).getImage();
        if (image == null) {
            return null;
        }
        Size size = wanted.of(new Size(image.getWidth(), image.getHeight())).within(context, box);
        return new ITextImageElement(image.scale(size.width, size.height));
    }

    /** In dots; what is not given is -1. */
    private record Size(int width, int height) {

        /** This of an image that is so large: what is not given follows from its proportions. */
        Size of(Size own) {
            double ratio = (double) own.width / Math.max(1, own.height);
            if (width >= 0 && height >= 0) {
                return this;
            }
            return width >= 0 ? new Size(width, (int) (width / ratio)) : height >= 0 ? new Size((int) (height * ratio), height) : own;
        }

        Size within(LayoutContext context, BlockBox box) {
            CalculatedStyle style = box.getStyle();
            int mostWide = style.isMaxWidthNone() ? 0 : style.getMaxWidth(context, box.getContainingBlock().getContentWidth());
            int mostHigh = style.isMaxHeightNone() ? 0 : style.getMaxHeight(context, 0);
            double scale = Math.min(scale(mostWide, width), scale(mostHigh, height));
            return new Size(Math.max(1, (int) (width * scale)), Math.max(1, (int) (height * scale)));
        }

        private static double scale(int most, int is) {
            return most > 0 && is > most ? (double) most / is : 1;
        }
    }

    @Override
    public void reset() {}

    @Override
    public void remove(Element element) {}

    @Override
    public void setFormSubmissionListener(FormSubmissionListener listener) {}
}

package io.weekly.render.pdf;

import io.weekly.render.brand.LogoImage;
import io.weekly.render.image.Orientation;
import io.weekly.render.image.Picture;
import io.weekly.render.svg.SvgNode;
import io.weekly.render.svg.SvgView;
import io.weekly.render.text.Typeface;
import io.weekly.render.text.VisibleText;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.openpdf.text.pdf.PdfTemplate;
import org.w3c.dom.Element;
import org.xhtmlrenderer.css.style.CalculatedStyle;
import org.xhtmlrenderer.extend.FSImage;
import org.xhtmlrenderer.extend.ReplacedElement;
import org.xhtmlrenderer.extend.ReplacedElementFactory;
import org.xhtmlrenderer.extend.UserAgentCallback;
import org.xhtmlrenderer.layout.LayoutContext;
import org.xhtmlrenderer.pdf.ITextImageElement;
import org.xhtmlrenderer.render.BlockBox;
import org.xhtmlrenderer.render.Box;
import org.xhtmlrenderer.simple.extend.FormSubmissionListener;

/**
 * Creates the elements that Flying Saucer calls replaced: inline SVG, images and the tenant's logo. Reports have no form fields.
 *
 * <p>Trap: Flying Saucer ignores max-width and max-height of images, so this class applies them and keeps the proportions.
 */
final class ReplacedElements implements ReplacedElementFactory {
    private static final int DOTS_PER_PIXEL = 20;

    private final Typeface typeface;
    private final VisibleText visible;
    private final EmbeddedImages images;
    private final Optional<LogoImage> logo;
    private final Map<LogoDrawing.Size, Optional<PdfTemplate>> drawings = new HashMap<>();

    ReplacedElements(Typeface typeface, VisibleText visible, EmbeddedImages images, Optional<LogoImage> logo) {
        this.typeface = typeface;
        this.visible = visible;
        this.images = images;
        this.logo = logo;
    }

    @Override
    public @Nullable ReplacedElement createReplacedElement(
            LayoutContext context, BlockBox box, UserAgentCallback agent, int width, int height) {
        Element element = box.getElement();
        if (element == null) {
            return null;
        }
        return switch (element.getNodeName()) {
            case "svg" -> ChartDrawing.of(element, typeface, width, height);
            case "img" -> image(context, box, element.getAttribute("src"), new Size(width, height));
            default -> null;
        };
    }

    private @Nullable ReplacedElement image(LayoutContext context, BlockBox box, String src, Size requested) {
        Optional<SvgNode> svg = logo.filter(own -> own.dataUri().equals(src)).flatMap(LogoImage::svg);
        if (svg.isPresent()) {
            Size own = new Size((int) (SvgView.width(svg.get()) * DOTS_PER_PIXEL), (int) (SvgView.height(svg.get()) * DOTS_PER_PIXEL));
            Size size = requested.of(own).within(context, box);
            return new LogoDrawing(svg.get(), typeface, visible, drawings, size.width, size.height);
        }
        Optional<Picture> turned = images.find(src).filter(picture -> picture.orientation() != Orientation.NORMAL);
        if (turned.isPresent()) {
            Size own = new Size((int) turned.get().width() * DOTS_PER_PIXEL, (int) turned.get().height() * DOTS_PER_PIXEL);
            Size size = requested.of(own).within(context, box);
            return new TurnedImage(turned.get(), size.width, size.height);
        }
        FSImage image = images.getImageResource(src).getImage();
        if (image == null) {
            return null;
        }
        Size size = requested.of(new Size(image.getWidth(), image.getHeight())).within(context, box);
        return new ITextImageElement(image.scale(size.width, size.height));
    }

    /** A size in dots; -1 if the style does not say. */
    private record Size(int width, int height) {

        /** Completes this size from the proportions of the image. */
        Size of(Size own) {
            double ratio = (double) own.width / Math.max(1, own.height);
            if (width >= 0 && height >= 0) {
                return this;
            }
            return width >= 0 ? new Size(width, (int) (width / ratio)) : height >= 0 ? new Size((int) (height * ratio), height) : own;
        }

        Size within(LayoutContext context, BlockBox box) {
            CalculatedStyle style = box.getStyle();
            Box container = box.getContainingBlock();
            if (style == null || container == null) {
                return this;
            }
            int maxWidth = style.isMaxWidthNone() ? 0 : style.getMaxWidth(context, container.getContentWidth());
            int maxHeight = style.isMaxHeightNone() ? 0 : style.getMaxHeight(context, 0);
            double scale = Math.min(scale(maxWidth, width), scale(maxHeight, height));
            return new Size(Math.max(1, (int) (width * scale)), Math.max(1, (int) (height * scale)));
        }

        private static double scale(int max, int actual) {
            return max > 0 && actual > max ? (double) max / actual : 1;
        }
    }

    @Override
    public void reset() {}

    @Override
    public void remove(Element element) {}

    @Override
    public void setFormSubmissionListener(FormSubmissionListener listener) {}
}

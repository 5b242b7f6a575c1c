package io.weekly.tenant.logo;

import io.weekly.text.Ellipsis;
import java.util.Base64;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.xml.sax.Attributes;
import org.xml.sax.Locator;
import org.xml.sax.SAXException;
import org.xml.sax.helpers.DefaultHandler;

/**
 * The allowed content of an SVG logo: shapes, texts, gradients, clips and embedded images. Everything else is refused, and the message
 * names it. So scripts, event handlers, foreignObject and animations are refused, and dangerous features that are not known yet are refused
 * too. Nothing may refer to a resource outside of the file.
 */
final class SvgRules extends DefaultHandler {

    private static final String SVG = "http://www.w3.org/2000/svg";
    private static final String XLINK = "http://www.w3.org/1999/xlink";
    private static final String XML = "http://www.w3.org/XML/1998/namespace";
    private static final int MAX_DEPTH = 64;
    private static final int MAX_NAME_LENGTH = 40;
    /**
     * A use element can refer to other use elements, so the work grows exponentially: with 20 of them a shape is drawn up to about a
     * thousand times.
     */
    private static final int MAX_USES = 20;

    private static final Set<String> ELEMENTS = words("""
            svg g defs symbol use title desc metadata path rect circle ellipse line polyline polygon text tspan textPath
            linearGradient radialGradient stop clipPath mask pattern marker image style switch""");
    private static final Set<String> ATTRIBUTES = words("""
            id class style version baseProfile viewBox preserveAspectRatio x y x1 y1 x2 y2 cx cy r rx ry fx fy fr dx dy rotate d points
            width height transform transform-origin pathLength offset href gradientUnits gradientTransform spreadMethod clipPathUnits
            maskUnits maskContentUnits patternUnits patternContentUnits patternTransform markerUnits markerWidth markerHeight refX refY
            orient
            textLength lengthAdjust startOffset method spacing side type media lang role focusable enable-background
            alignment-baseline baseline-shift clip clip-path clip-rule color color-interpolation color-rendering direction display
            dominant-baseline fill fill-opacity fill-rule font font-family font-size font-size-adjust font-stretch font-style font-variant
            font-weight glyph-orientation-vertical image-rendering isolation kerning letter-spacing marker-end marker-mid marker-start mask
            mask-type mix-blend-mode opacity overflow paint-order shape-rendering stop-color stop-opacity stroke stroke-dasharray
            stroke-dashoffset stroke-linecap stroke-linejoin stroke-miterlimit stroke-opacity stroke-width text-anchor text-decoration
            text-rendering unicode-bidi vector-effect visibility word-spacing writing-mode""");
    /** Namespaces of drawing programs, which browsers ignore. SVG content inside such an element is checked like any other. */
    private static final Set<String> EDITOR_NAMESPACES = words("""
            http://www.inkscape.org/namespaces/inkscape http://sodipodi.sourceforge.net/DTD/sodipodi-0.dtd
            http://www.w3.org/1999/02/22-rdf-syntax-ns# http://creativecommons.org/ns# http://web.resource.org/cc/
            http://purl.org/dc/elements/1.1/ http://www.bohemiancoding.com/sketch/ns http://www.serif.com/""");

    private static final Pattern IMAGE = Pattern.compile("data:(image/png|image/jpeg);base64,([A-Za-z0-9+/=\\s]*+)");

    private @Nullable Locator locator;
    private @Nullable StringBuilder style;
    private int depth;
    private int uses;

    /** A broken rule. The message says which one and where. */
    static final class RuleViolation extends SAXException {
        RuleViolation(String message) {
            super(message);
        }
    }

    @Override
    public void setDocumentLocator(Locator where) {
        locator = where;
    }

    @Override
    public void startElement(String namespace, String name, String prefixed, Attributes attributes) throws RuleViolation {
        if (++depth > MAX_DEPTH) {
            throw violation("nests deeper than %d elements".formatted(MAX_DEPTH));
        }
        if (depth == 1 && !(namespace.equals(SVG) && name.equals("svg"))) {
            throw violation("is XML but not SVG: its root must be svg in the namespace %s".formatted(SVG));
        }
        if (style != null) {
            throw violation("has an element in a style");
        }
        if (EDITOR_NAMESPACES.contains(namespace)) {
            return;
        }
        if (!namespace.equals(SVG) || !ELEMENTS.contains(name)) {
            throw violation("has the element %s, which a logo cannot have".formatted(shortened(prefixed)));
        }
        if (name.equals("use") && ++uses > MAX_USES) {
            throw violation("has more than %d use elements".formatted(MAX_USES));
        }
        for (int i = 0; i < attributes.getLength(); i++) {
            check(name, attributes.getURI(i), attributes.getLocalName(i), attributes.getQName(i), attributes.getValue(i));
        }
        style = name.equals("style") ? new StringBuilder() : null;
    }

    private void check(String element, String namespace, String name, String prefixed, String value) throws RuleViolation {
        if (EDITOR_NAMESPACES.contains(namespace)) {
            return;
        }
        if (name.equals("href") && (namespace.isEmpty() || namespace.equals(XLINK))) {
            checkLink(element, value.strip());
            return;
        }
        if (namespace.equals(XML) && (name.equals("space") || name.equals("lang"))) {
            return;
        }
        if (namespace.isEmpty() && (name.startsWith("aria-") || name.startsWith("data-"))) {
            return;
        }
        if (!namespace.isEmpty() || !ATTRIBUTES.contains(name)) {
            throw violation("has the attribute %s, which a logo cannot have".formatted(shortened(prefixed)));
        }
        checkCss(prefixed, value);
    }

    /** Allows a link to an element of the same file, or an image as a data URI. The image is checked like a logo. */
    private void checkLink(String element, String link) throws RuleViolation {
        if (!element.equals("image")) {
            if (!link.startsWith("#")) {
                throw violation("has a link to something outside of it");
            }
            return;
        }
        var image = IMAGE.matcher(link);
        if (!image.matches()) {
            throw violation("has an image that is not embedded as data:image/png or data:image/jpeg in base64");
        }
        var fault = imageFault(image.group(1), image.group(2));
        if (fault.isPresent()) {
            throw violation("has an image that %s".formatted(fault.get()));
        }
    }

    private static Optional<String> imageFault(String mediaType, String base64) {
        try {
            var bytes = Base64.getMimeDecoder().decode(base64);
            var matches = mediaType.equals(Logo.PNG) ? PngLogo.matches(bytes) : JpegLogo.matches(bytes);
            return matches ? Logo.imageFault(mediaType, bytes) : Optional.of("is no " + mediaType);
        } catch (IllegalArgumentException e) {
            return Optional.of("is not base64");
        }
    }

    private void checkCss(String where, String css) throws RuleViolation {
        var fault = SvgCss.fault(where, css);
        if (fault.isPresent()) {
            throw violation(fault.get());
        }
    }

    @Override
    public void characters(char[] text, int from, int length) {
        if (style != null) {
            style.append(text, from, length);
        }
    }

    @Override
    public void endElement(String namespace, String name, String prefixed) throws RuleViolation {
        depth--;
        if (style != null) {
            checkCss("style", style.toString());
            style = null;
        }
    }

    /** Refuses all: xml-stylesheet loads from outside, and no other is useful. */
    @Override
    public void processingInstruction(String target, String data) throws RuleViolation {
        throw violation("has the processing instruction %s, which a logo cannot have".formatted(shortened(target)));
    }

    private RuleViolation violation(String what) {
        return new RuleViolation(locator == null ? what : "%s (line %d)".formatted(what, locator.getLineNumber()));
    }

    static String shortened(String name) {
        return Ellipsis.shorten(name, MAX_NAME_LENGTH);
    }

    static Set<String> words(String words) {
        return Set.of(words.split("\\s+"));
    }
}

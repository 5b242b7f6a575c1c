package io.weekly.render.svg;

import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.xml.XMLConstants;
import javax.xml.parsers.ParserConfigurationException;
import javax.xml.parsers.SAXParserFactory;
import org.jspecify.annotations.Nullable;
import org.xml.sax.Attributes;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;
import org.xml.sax.helpers.DefaultHandler;

/**
 * An element of an SVG, or a text in it (then the name is empty). A logo is parsed once and drawn by several threads. A DOM is not used,
 * because it is not thread-safe. Elements in the namespaces of drawing programs are left out, with all their content.
 *
 * @param attributes by local name, so {@code xlink:href} is {@code href}
 */
public record SvgNode(String name, Map<String, String> attributes, List<SvgNode> children, String text) {
    private static final String SVG = "http://www.w3.org/2000/svg";
    private static final String XLINK = "http://www.w3.org/1999/xlink";
    /**
     * Of a value that each use of an element reads again, such as {@code transform}. Values that are read once ({@link #LONG}) may be
     * longer.
     */
    static final int MAX_VALUE_LENGTH = 2_000;
    private static final Set<String> LONG = Set.of("d", "points", "href", "style");
    /** The attributes that are drawn, besides the properties of styles. Others are dropped. */
    private static final Set<String> USED = Set.of("class", "clipPathUnits", "cx", "cy", "dx", "dy", "fx", "fy", "gradientTransform",
            "gradientUnits", "height", "id", "offset", "r", "rx", "ry", "viewBox", "width", "x", "x1", "x2", "y", "y1", "y2");
    private static final Set<String> LISTS = Set.of("x", "y", "dx", "dy");
    private static final int MAX_NODES = 20_000;
    private static final int MAX_DEPTH = 100;

    /** @throws IllegalArgumentException if it is not XML, has a DOCTYPE, or is too large for a logo */
    public static SvgNode parse(byte[] svg) {
        try {
            SAXParserFactory factory = SAXParserFactory.newDefaultInstance();
            factory.setNamespaceAware(true);
            factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
            factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
            String text = new String(svg, StandardCharsets.UTF_8);
            Reader reader = new Reader();
            factory.newSAXParser().parse(new InputSource(new StringReader(text.startsWith("\ufeff") ? text.substring(1) : text)), reader);
            return reader.root();
        } catch (SAXException e) {
            throw new IllegalArgumentException("is not a valid SVG: " + e.getMessage(), e);
        } catch (IOException | ParserConfigurationException e) {
            throw new IllegalStateException("The XML parser of this JDK cannot refuse a DOCTYPE", e);
        }
    }

    boolean isText() {
        return name.isEmpty();
    }

    /** The value of an attribute; empty if there is none. */
    String get(String attribute) {
        return attributes.getOrDefault(attribute, "").strip();
    }

    /** An attribute as a number or length in px. */
    double number(String attribute, double otherwise) {
        return SvgLength.of(get(attribute), 100, otherwise);
    }

    private static final class Reader extends DefaultHandler {
        private final Deque<SvgNode> open = new ArrayDeque<>();
        private @Nullable SvgNode root;
        private int nodes;
        /** How many of the open elements are left out. */
        private int skipped;

        SvgNode root() {
            if (root == null) {
                throw new IllegalArgumentException("is not a valid SVG: it has no element");
            }
            return root;
        }

        @Override
        public void startElement(String namespace, String name, String prefixed, Attributes attributes) throws SAXException {
            if (skipped > 0 || root != null && !namespace.isEmpty() && !namespace.equals(SVG)) {
                skipped++;
                return;
            }
            Map<String, String> values = new LinkedHashMap<>();
            for (int i = 0; i < attributes.getLength(); i++) {
                if (isSupported(attributes.getURI(i)) && isUsed(attributes.getLocalName(i))) {
                    values.put(attributes.getLocalName(i), value(attributes.getLocalName(i), attributes.getValue(i)));
                }
            }
            SvgNode node = new SvgNode(name, values, new ArrayList<>(), "");
            add(node);
            open.push(node);
            root = root == null ? node : root;
            if (open.size() > MAX_DEPTH) {
                throw new SAXException("it nests deeper than " + MAX_DEPTH + " elements");
            }
        }

        private static boolean isSupported(String namespace) {
            return namespace.isEmpty() || namespace.equals(XLINK) || namespace.equals(XMLConstants.XML_NS_URI);
        }

        private static boolean isUsed(String attribute) {
            return USED.contains(attribute) || LONG.contains(attribute) || SvgStylesheet.PROPERTIES.contains(attribute);
        }

        /** Of a list of coordinates, which a text may have for each of its letters, only the first is used. */
        private static String value(String attribute, String value) throws SAXException {
            if (value.length() <= MAX_VALUE_LENGTH || LONG.contains(attribute)) {
                return value;
            }
            if (LISTS.contains(attribute)) {
                return value.substring(0, MAX_VALUE_LENGTH);
            }
            throw new SAXException("%s has more than %d characters".formatted(attribute, MAX_VALUE_LENGTH));
        }

        @Override
        public void characters(char[] text, int from, int length) throws SAXException {
            if (skipped > 0) {
                return;
            }
            add(new SvgNode("", Map.of(), List.of(), new String(text, from, length)));
        }

        @Override
        public void endElement(String namespace, String name, String prefixed) {
            if (skipped > 0) {
                skipped--;
            } else {
                open.pop();
            }
        }

        private void add(SvgNode node) throws SAXException {
            if (++nodes > MAX_NODES) {
                throw new SAXException("it has more than " + MAX_NODES + " elements and texts");
            }
            SvgNode parent = open.peek();
            if (parent != null) {
                parent.children.add(node);
            }
        }
    }
}

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
import javax.xml.XMLConstants;
import javax.xml.parsers.ParserConfigurationException;
import javax.xml.parsers.SAXParserFactory;
import org.xml.sax.Attributes;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;
import org.xml.sax.helpers.DefaultHandler;

/**
 * An element of an SVG, or a text in it (without a name). Read once for a logo and drawn by many threads, which a DOM does not allow.
 *
 * <p>What drawing programs note in namespaces of their own is left out, with all that is in it.
 *
 * @param attributes by local name, so that href is xlink:href too
 */
public record SvgNode(String name, Map<String, String> attributes, List<SvgNode> children, String text) {
    private static final String SVG = "http://www.w3.org/2000/svg";
    private static final String XLINK = "http://www.w3.org/1999/xlink";
    private static final int MOST_NODES = 20_000;
    private static final int DEEPEST = 100;

    /** @throws IllegalArgumentException where it is no XML, has a DOCTYPE, or is more than a logo */
    public static SvgNode parse(byte[] svg) {
        try {
            SAXParserFactory factory = SAXParserFactory.newDefaultInstance();
            factory.setNamespaceAware(true);
            factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
            factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
            String text = new String(svg, StandardCharsets.UTF_8);
            Reader reader = new Reader();
            factory.newSAXParser().parse(new InputSource(new StringReader(text.startsWith("\ufeff") ? text.substring(1) : text)), reader);
            return reader.root;
        } catch (SAXException e) {
            throw new IllegalArgumentException("is no SVG that can be read: " + e.getMessage(), e);
        } catch (IOException | ParserConfigurationException e) {
            throw new IllegalStateException("This JDK's XML parser cannot be made to refuse a DOCTYPE", e);
        }
    }

    boolean isText() {
        return name.isEmpty();
    }

    /** An attribute's value; empty where there is none. */
    String get(String attribute) {
        return attributes.getOrDefault(attribute, "").strip();
    }

    /** A length or number of it, in pixels. */
    double number(String attribute, double otherwise) {
        return SvgLength.of(get(attribute), 100, otherwise);
    }

    private static final class Reader extends DefaultHandler {
        private final Deque<SvgNode> open = new ArrayDeque<>();
        private SvgNode root;
        private int nodes;
        /** How many elements are open that are left out. */
        private int leftOut;

        @Override
        public void startElement(String namespace, String name, String prefixed, Attributes attributes) throws SAXException {
            if (leftOut > 0 || root != null && !namespace.isEmpty() && !namespace.equals(SVG)) {
                leftOut++;
                return;
            }
            Map<String, String> values = new LinkedHashMap<>();
            for (int i = 0; i < attributes.getLength(); i++) {
                if (!isSvgs(attributes.getURI(i))) {
                    continue;
                }
                values.put(attributes.getLocalName(i), attributes.getValue(i));
            }
            SvgNode node = new SvgNode(name, values, new ArrayList<>(), "");
            add(node);
            open.push(node);
            root = root == null ? node : root;
            if (open.size() > DEEPEST) {
                throw new SAXException("it nests deeper than " + DEEPEST + " elements");
            }
        }

        private static boolean isSvgs(String namespace) {
            return namespace.isEmpty() || namespace.equals(XLINK) || namespace.equals(XMLConstants.XML_NS_URI);
        }

        @Override
        public void characters(char[] text, int from, int length) throws SAXException {
            if (leftOut > 0) {
                return;
            }
            add(new SvgNode("", Map.of(), List.of(), new String(text, from, length)));
        }

        @Override
        public void endElement(String namespace, String name, String prefixed) {
            if (leftOut > 0) {
                leftOut--;
            } else {
                open.pop();
            }
        }

        private void add(SvgNode node) throws SAXException {
            if (++nodes > MOST_NODES) {
                throw new SAXException("it has more than " + MOST_NODES + " elements and texts");
            }
            if (!open.isEmpty()) {
                open.peek().children.add(node);
            }
        }
    }
}

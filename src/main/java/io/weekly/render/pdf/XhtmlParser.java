package io.weekly.render.pdf;

import io.weekly.render.RenderException;
import io.weekly.render.text.Typeface;
import io.weekly.text.Ellipsis;
import java.io.IOException;
import java.io.StringReader;
import java.text.Normalizer;
import java.util.Set;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilder;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.w3c.dom.Text;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;
import org.xml.sax.SAXParseException;
import org.xml.sax.helpers.DefaultHandler;

/**
 * Parses XHTML and prepares it for the PDF. Characters that the font does not have become U+FFFD, so that readers see that something is
 * missing. Links to anything other than the web, a mailbox or the page itself are removed.
 *
 * <p>Traps: Flying Saucer's parser expands entities and loses line numbers. So this parser runs first, and it refuses every DOCTYPE.
 * OpenPDF draws nothing for a missing glyph. It also does not position combining accents, so texts are converted to composed characters
 * (NFC).
 */
final class XhtmlParser {
    private static final Set<String> LINKS = Set.of("http:", "https:", "mailto:", "#");
    /** The layout takes minutes to break a text of a megabyte into lines. */
    private static final int MAX_TEXT_LENGTH = 5_000;
    private static final int MAX_TITLE_LENGTH = 500;

    private final Typeface typeface;

    XhtmlParser(Typeface typeface) {
        this.typeface = typeface;
    }

    Document parse(String file, String xhtml) {
        try {
            DocumentBuilder builder = builder();
            builder.setErrorHandler(new DefaultHandler());
            Document document = builder.parse(new InputSource(new StringReader(xhtml)));
            prepare(document.getDocumentElement());
            return document;
        } catch (SAXParseException e) {
            throw new RenderException(file, e.getLineNumber(), "is not XHTML (line of the composed page): " + e.getMessage(), e);
        } catch (SAXException | IOException e) {
            throw new RenderException(file, 0, "is not XHTML: " + e.getMessage(), e);
        }
    }

    private static DocumentBuilder builder() {
        try {
            DocumentBuilderFactory factory = DocumentBuilderFactory.newDefaultInstance();
            factory.setNamespaceAware(true);
            factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
            factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
            // Without a DOCTYPE there are only the five entities that escape characters. A long text may have any number of them.
            factory.setAttribute("jdk.xml.maxGeneralEntitySizeLimit", "0");
            factory.setAttribute("jdk.xml.totalEntitySizeLimit", "0");
            return factory.newDocumentBuilder();
        } catch (ParserConfigurationException e) {
            throw new IllegalStateException("The XML parser of this JDK cannot refuse a DOCTYPE", e);
        }
    }

    private void prepare(Node node) {
        if (node instanceof Element element) {
            element.removeAttribute("onclick");
            if (element.getNodeName().equals("meta")) {
                element.setAttribute("content", Ellipsis.shorten(element.getAttribute("content"), MAX_TITLE_LENGTH));
            }
            if (LINKS.stream().noneMatch(element.getAttribute("href").strip()::startsWith)) {
                element.removeAttribute("href");
            }
        }
        for (Node child = node.getFirstChild(); child != null; child = child.getNextSibling()) {
            if (child instanceof Text text) {
                text.setData(fit(node.getNodeName(), text.getData()));
            } else {
                prepare(child);
            }
        }
    }

    /** A title is not written with the font, so it keeps all of its characters. */
    private String fit(String element, String text) {
        return switch (element) {
            case "style" -> text;
            case "title" -> Ellipsis.shorten(text, MAX_TITLE_LENGTH);
            default -> visible(Ellipsis.shorten(text, MAX_TEXT_LENGTH));
        };
    }

    private String visible(String text) {
        String composed = Normalizer.normalize(text, Normalizer.Form.NFC);
        StringBuilder visible = new StringBuilder(composed.length());
        composed.codePoints().forEach(c -> {
            if (Character.isWhitespace(c) || typeface.shows(c) && Character.getType(c) != Character.FORMAT || c == 0x200B) {
                visible.appendCodePoint(c);
            } else if (!isInvisible(c)) {
                visible.appendCodePoint(Typeface.MISSING);
            }
        });
        return visible.toString();
    }

    /** Joiners, direction marks and variation selectors, which have no glyph in any font. */
    private static boolean isInvisible(int c) {
        return Character.getType(c) == Character.FORMAT || c >= 0xFE00 && c <= 0xFE0F;
    }
}

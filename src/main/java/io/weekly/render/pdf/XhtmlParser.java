package io.weekly.render.pdf;

import io.weekly.render.RenderException;
import io.weekly.render.text.VisibleText;
import io.weekly.text.ControlCharacters;
import io.weekly.text.Ellipsis;
import java.io.IOException;
import java.io.StringReader;
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
 * <p>Trap: Flying Saucer's parser expands entities and loses line numbers. So this parser runs first, and it refuses every DOCTYPE.
 */
final class XhtmlParser {
    private static final Set<String> LINKS = Set.of("http:", "https:", "mailto:", "#");
    private static final Set<String> SPANS = Set.of("colspan", "rowspan", "span");
    /** The layout takes minutes to break a text of a megabyte into lines. */
    private static final int MAX_TEXT_LENGTH = 5_000;
    private static final int MAX_TITLE_LENGTH = 500;

    private final VisibleText visible;

    /** {@code visible} counts what the font does not have. */
    XhtmlParser(VisibleText visible) {
        this.visible = visible;
    }

    Document parse(String file, String xhtml) {
        try {
            DocumentBuilder builder = builder();
            builder.setErrorHandler(new DefaultHandler());
            Document document = builder.parse(new InputSource(new StringReader(xhtml)));
            prepare(document.getDocumentElement(), new TableSpans(file));
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

    private void prepare(Node node, TableSpans spans) {
        if (node instanceof Element element) {
            element.removeAttribute("onclick");
            if (element.getNodeName().equals("meta")) {
                element.setAttribute("content", Ellipsis.shorten(element.getAttribute("content"), MAX_TITLE_LENGTH));
            }
            SPANS.forEach(name -> spans.limit(element, name));
            spans.checkStyle(element.getNodeName().equals("style") ? element.getTextContent() : element.getAttribute("style"));
            if (LINKS.stream().noneMatch(element.getAttribute("href").strip()::startsWith)) {
                element.removeAttribute("href");
            }
        }
        for (Node child = node.getFirstChild(); child != null; child = child.getNextSibling()) {
            if (child instanceof Text text) {
                text.setData(fit(node.getNodeName(), text.getData()));
            } else {
                prepare(child, spans);
            }
        }
    }

    /** A title is not written with the font, so it keeps all of its characters. */
    private String fit(String element, String text) {
        return switch (element) {
            case "style" -> text;
            case "title" -> Ellipsis.shorten(ControlCharacters.oneLine(text), MAX_TITLE_LENGTH);
            default -> visible.of(Ellipsis.shorten(text, MAX_TEXT_LENGTH));
        };
    }
}

package io.weekly.render.pdf;

import io.weekly.text.ControlCharacters;
import io.weekly.text.Ellipsis;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.Node;

/**
 * Turns the headings of a page into the bookmarks of the PDF: each {@code h1}, with the {@code h2} after it below it. A page that has
 * {@code <bookmarks>} in its head keeps those.
 *
 * <p>Traps: Flying Saucer reads bookmarks in the head only, and finds a heading by its {@code id}.
 */
final class Bookmarks {
    private static final int MAX_NAME_LENGTH = 100;

    private final Document document;
    private final List<Element> headings = new ArrayList<>();

    private Bookmarks(Document document) {
        this.document = document;
    }

    static void add(Document document) {
        Element page = document.getDocumentElement();
        Element head = child(page, "head");
        Element body = child(page, "body");
        if (head != null && body != null && child(head, "bookmarks") == null) {
            Bookmarks bookmarks = new Bookmarks(document);
            bookmarks.find(body);
            bookmarks.write(head);
        }
    }

    private void find(Node node) {
        for (Node child = node.getFirstChild(); child != null; child = child.getNextSibling()) {
            if (child instanceof Element element && isHeading(element) && !name(element).isEmpty()) {
                headings.add(element);
            } else {
                find(child);
            }
        }
    }

    private static boolean isHeading(Element element) {
        return element.getNodeName().equals("h1") || element.getNodeName().equals("h2");
    }

    private void write(Element head) {
        if (headings.isEmpty()) {
            return;
        }
        Element bookmarks = (Element) head.appendChild(element("bookmarks"));
        Element chapter = bookmarks;
        for (int i = 0; i < headings.size(); i++) {
            Element bookmark = bookmark(headings.get(i), i + 1);
            if (headings.get(i).getNodeName().equals("h1")) {
                bookmarks.appendChild(bookmark);
                chapter = bookmark;
            } else {
                chapter.appendChild(bookmark);
            }
        }
    }

    private Element bookmark(Element heading, int number) {
        if (heading.getAttribute("id").isEmpty()) {
            heading.setAttribute("id", "weekly-heading-" + number);
        }
        Element bookmark = element("bookmark");
        bookmark.setAttribute("name", name(heading));
        bookmark.setAttribute("href", "#" + heading.getAttribute("id"));
        return bookmark;
    }

    /** Flying Saucer finds bookmarks by the namespace of the page, if it has one. */
    private Element element(String name) {
        return document.createElementNS(document.getDocumentElement().getNamespaceURI(), name);
    }

    private static String name(Element heading) {
        return Ellipsis.shorten(ControlCharacters.oneLine(heading.getTextContent()), MAX_NAME_LENGTH);
    }

    private static @Nullable Element child(Element parent, String name) {
        for (Node child = parent.getFirstChild(); child != null; child = child.getNextSibling()) {
            if (child instanceof Element element && element.getNodeName().equals(name)) {
                return element;
            }
        }
        return null;
    }
}

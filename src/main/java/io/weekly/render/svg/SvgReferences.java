package io.weekly.render.svg;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** The elements of an SVG that others refer to by their id: {@code href="#id"} and {@code url(#id)}. */
final class SvgReferences {
    /** Longer values are ignored, because each element that uses the value parses it again. */
    private static final int MAX_LENGTH = 500;
    private static final String URL = "url(";

    private final Map<String, SvgNode> byId = new HashMap<>();

    SvgReferences(SvgNode svg) {
        collect(svg);
    }

    private void collect(SvgNode node) {
        if (!node.get("id").isEmpty()) {
            byId.putIfAbsent(node.get("id"), node);
        }
        node.children().forEach(this::collect);
    }

    /** The element that the {@code href} of this node names. */
    Optional<SvgNode> href(SvgNode node) {
        return element(node.attributes().getOrDefault("href", ""));
    }

    /** The element that {@code url(#id)} names; empty for any other value. */
    Optional<SvgNode> url(String value) {
        int end = value.length() <= MAX_LENGTH && value.startsWith(URL) ? value.indexOf(')') : -1;
        return end < 0 ? Optional.empty() : element(withoutQuotes(value.substring(URL.length(), end).strip()));
    }

    private static String withoutQuotes(String text) {
        boolean quoted = text.length() > 1 && "'\"".indexOf(text.charAt(0)) >= 0 && text.charAt(0) == text.charAt(text.length() - 1);
        return quoted ? text.substring(1, text.length() - 1) : text;
    }

    private Optional<SvgNode> element(String reference) {
        return reference.length() <= MAX_LENGTH && reference.strip().startsWith("#")
                ? Optional.ofNullable(byId.get(reference.strip().substring(1)))
                : Optional.empty();
    }
}

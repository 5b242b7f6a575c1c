package io.weekly.render.svg;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** The elements of an SVG that others refer to by their id: {@code href="#id"} and {@code url(#id)}. */
final class SvgReferences {
    /** Longer values are ignored, because each element that uses the value parses it again. */
    private static final int MAX_LENGTH = 500;

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
        String href = node.get("href");
        return href.startsWith("#") ? Optional.ofNullable(byId.get(href.substring(1))) : Optional.empty();
    }

    /** The element that {@code url(#id)} names; empty for any other value. */
    Optional<SvgNode> url(String value) {
        return value.length() <= MAX_LENGTH && value.matches("(?s)url\\(\\s*[\"']?#[^\"')]*[\"']?\\s*\\).*")
                ? Optional.ofNullable(byId.get(value.substring(value.indexOf('#') + 1).split("[\"')]", 2)[0].strip()))
                : Optional.empty();
    }
}

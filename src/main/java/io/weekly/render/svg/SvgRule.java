package io.weekly.render.svg;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A rule of a style sheet with one selector. Selectors are elements, classes and ids, as drawing programs export them. Combinators are not
 * supported. The text is read in one pass: each character is looked at a constant number of times.
 *
 * @param element empty if the rule is for all elements
 * @param parts classes and ids, with their {@code .} and {@code #}
 * @param position among all rules: of two equally specific rules, the later one wins
 */
record SvgRule(String element, List<String> parts, Map<String, String> values, int position) {
    static final int MAX_RULES = 500;
    private static final int MAX_PARTS = 10;
    private static final int MAX_SELECTOR_LENGTH = 200;
    private static final String ALL = "*";

    /** Rules after the {@value #MAX_RULES}th are ignored, and so are rules with other selectors. */
    static List<SvgRule> parse(String css) {
        List<SvgRule> rules = new ArrayList<>();
        String text = withoutComments(css);
        int from = 0;
        for (int close = text.indexOf('}'); close >= 0 && rules.size() < MAX_RULES; close = text.indexOf('}', from)) {
            String block = text.substring(from, close);
            int open = block.lastIndexOf('{');
            if (open >= 0) {
                add(block.substring(block.lastIndexOf('{', open - 1) + 1, open), declarations(block.substring(open + 1)), rules);
            }
            from = close + 1;
        }
        return rules;
    }

    private static String withoutComments(String css) {
        StringBuilder kept = new StringBuilder();
        int from = 0;
        for (int begin = css.indexOf("/*"); begin >= 0; begin = css.indexOf("/*", from)) {
            kept.append(css, from, begin).append(' ');
            int end = css.indexOf("*/", begin + 2);
            from = end < 0 ? css.length() : end + 2;
        }
        return kept.append(css, from, css.length()).toString();
    }

    private static void add(String selectors, Map<String, String> values, List<SvgRule> rules) {
        for (String selector : selectors.split(",")) {
            if (rules.size() < MAX_RULES) {
                of(selector.strip(), values, rules.size()).ifPresent(rules::add);
            }
        }
    }

    /** Empty if the selector is empty, too long, or of another kind. */
    private static Optional<SvgRule> of(String selector, Map<String, String> values, int position) {
        if (selector.isEmpty() || selector.length() > MAX_SELECTOR_LENGTH) {
            return Optional.empty();
        }
        int at = selector.startsWith(ALL) ? 1 : nameEnd(selector, 0);
        String element = selector.startsWith(ALL) ? "" : selector.substring(0, at);
        List<String> parts = new ArrayList<>();
        while (at < selector.length()) {
            int end = nameEnd(selector, at + 1);
            if (selector.charAt(at) != '.' && selector.charAt(at) != '#' || end == at + 1 || parts.size() == MAX_PARTS) {
                return Optional.empty();
            }
            parts.add(selector.substring(at, end));
            at = end;
        }
        return Optional.of(new SvgRule(element, List.copyOf(parts), values, position));
    }

    private static int nameEnd(String selector, int from) {
        int at = from;
        while (at < selector.length() && (Character.isLetterOrDigit(selector.charAt(at)) || "_-".indexOf(selector.charAt(at)) >= 0)) {
            at++;
        }
        return at;
    }

    /** The properties that {@link SvgStyle} uses. A value that is longer than a value can be is dropped. */
    static Map<String, String> declarations(String css) {
        Map<String, String> values = new LinkedHashMap<>();
        for (String declaration : css.split(";")) {
            int colon = declaration.indexOf(':');
            String name = colon > 0 ? declaration.substring(0, colon).strip() : "";
            if (SvgStylesheet.PROPERTIES.contains(name) && declaration.length() <= SvgNode.MAX_VALUE_LENGTH) {
                values.put(name, declaration.substring(colon + 1).replace("!important", "").strip());
            }
        }
        return values;
    }

    /** The part or element that a node must have; a node has all of its {@link #keys}. */
    String key() {
        return parts.isEmpty() ? element.isEmpty() ? ALL : element : parts.getLast();
    }

    /** The keys of the rules that may match a node. */
    static Stream<String> keys(SvgNode node, Set<String> classes) {
        return Stream.concat(Stream.of(ALL, node.name(), "#" + node.get("id")), classes.stream().map(name -> "." + name));
    }

    boolean matches(SvgNode node, Set<String> classes) {
        return (element.isEmpty() || element.equals(node.name())) && parts.stream().allMatch(part -> part.startsWith("#")
                ? part.substring(1).equals(node.get("id"))
                : classes.contains(part.substring(1)));
    }

    int specificity() {
        return parts.stream().mapToInt(part -> part.startsWith("#") ? 100 : 10).sum() + (element.isEmpty() ? 0 : 1);
    }
}

package io.weekly.render.svg;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The rules of an SVG's {@code style} elements. Selectors are elements, classes and ids, as drawing programs export them. Combinators are
 * not supported.
 */
final class SvgStylesheet {
    private static final Pattern RULE = Pattern.compile("([^{}]++)\\{([^{}]*+)\\}");
    private static final Pattern SELECTOR = Pattern.compile("([A-Za-z]*+|\\*)((?:[.#][\\w-]++)*+)");
    private static final int MAX_RULES = 500;
    private static final int MAX_PARTS = 10;
    /** The properties that {@link SvgStyle} uses; others are dropped. */
    private static final Set<String> PROPERTIES = Stream.concat(
                    SvgStyle.INHERITED.stream(), Stream.of("clip-path", "display", "opacity", "stop-color", "stop-opacity", "transform"))
            .collect(Collectors.toUnmodifiableSet());

    private final List<Rule> rules = new ArrayList<>();
    private final Map<SvgNode, Map<String, String>> cache = new IdentityHashMap<>();

    private record Rule(String element, List<String> parts, Map<String, String> values) {
        int specificity() {
            return parts.stream().mapToInt(part -> part.startsWith("#") ? 100 : 10).sum() + (element.isEmpty() ? 0 : 1);
        }

        boolean matches(SvgNode node, Set<String> classes) {
            return (element.isEmpty() || element.equals(node.name())) && parts.stream().allMatch(part -> part.startsWith("#")
                    ? part.substring(1).equals(node.get("id"))
                    : classes.contains(part.substring(1)));
        }
    }

    private SvgStylesheet(String css) {
        Matcher found = RULE.matcher(withoutComments(css));
        while (found.find() && rules.size() < MAX_RULES) {
            Map<String, String> values = declarations(found.group(2));
            String[] selectors = found.group(1).split(",");
            for (int i = 0; i < selectors.length && rules.size() < MAX_RULES; i++) {
                String selector = selectors[i];
                Matcher match = SELECTOR.matcher(selector.strip());
                if (match.matches() && !selector.isBlank()) {
                    List<String> parts = Arrays.stream(match.group(2).split("(?=[.#])")).filter(part -> !part.isEmpty()).toList();
                    if (parts.size() <= MAX_PARTS) {
                        rules.add(new Rule(match.group(1).replace("*", ""), parts, values));
                    }
                }
            }
        }
        rules.sort(Comparator.comparingInt(Rule::specificity));
    }

    static SvgStylesheet parse(SvgNode svg) {
        StringBuilder css = new StringBuilder();
        collect(svg, css);
        return new SvgStylesheet(css.toString());
    }

    private static void collect(SvgNode node, StringBuilder css) {
        if (node.name().equals("style")) {
            node.children().forEach(text -> css.append(text.text()));
        }
        node.children().forEach(child -> collect(child, css));
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

    /** The properties of an element. Its {@code style} wins over the rules, and the rules win over its attributes. */
    Map<String, String> of(SvgNode node) {
        return cache.computeIfAbsent(node, this::properties);
    }

    private Map<String, String> properties(SvgNode node) {
        Map<String, String> values = new LinkedHashMap<>(node.attributes());
        Set<String> classes = Set.copyOf(Arrays.asList(node.get("class").split("\\s+")));
        rules.stream().filter(rule -> rule.matches(node, classes)).forEach(rule -> values.putAll(rule.values));
        values.putAll(declarations(node.get("style")));
        return values;
    }

    private static Map<String, String> declarations(String css) {
        Map<String, String> values = new LinkedHashMap<>();
        for (String declaration : css.split(";")) {
            int colon = declaration.indexOf(':');
            String name = colon > 0 ? declaration.substring(0, colon).strip() : "";
            if (PROPERTIES.contains(name)) {
                values.put(name, declaration.substring(colon + 1).replace("!important", "").strip());
            }
        }
        return values;
    }
}

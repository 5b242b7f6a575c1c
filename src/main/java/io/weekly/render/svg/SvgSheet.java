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

/** The rules of an SVG's {@code style} elements, as drawing programs export them: by class, id or element, none by what is around it. */
final class SvgSheet {
    private static final Pattern RULE = Pattern.compile("([^{}]++)\\{([^{}]*+)\\}");
    private static final Pattern SELECTOR = Pattern.compile("([A-Za-z]*+|\\*)((?:[.#][\\w-]++)*+)");
    private static final int MOST_RULES = 500;
    private static final int MOST_MARKS = 10;
    /** What {@link SvgLook} asks for: others are not kept for each element. */
    private static final Set<String> PROPERTIES = Stream.concat(SvgLook.INHERITED.stream(),
            Stream.of("clip-path", "display", "opacity", "stop-color", "stop-opacity", "transform")).collect(Collectors.toUnmodifiableSet());

    private final List<Rule> rules = new ArrayList<>();
    private final Map<SvgNode, Map<String, String>> known = new IdentityHashMap<>();

    private record Rule(String element, List<String> marks, Map<String, String> values) {
        int weight() {
            return marks.stream().mapToInt(mark -> mark.startsWith("#") ? 100 : 10).sum() + (element.isEmpty() ? 0 : 1);
        }

        boolean fits(SvgNode node, Set<String> classes) {
            return (element.isEmpty() || element.equals(node.name())) && marks.stream().allMatch(mark -> mark.startsWith("#")
                    ? mark.substring(1).equals(node.get("id"))
                    : classes.contains(mark.substring(1)));
        }
    }

    SvgSheet(String css) {
        Matcher found = RULE.matcher(withoutComments(css));
        while (found.find() && rules.size() < MOST_RULES) {
            Map<String, String> values = declarations(found.group(2));
            String[] selectors = found.group(1).split(",");
            for (int i = 0; i < selectors.length && rules.size() < MOST_RULES; i++) {
                String selector = selectors[i];
                Matcher parts = SELECTOR.matcher(selector.strip());
                if (parts.matches() && !selector.isBlank()) {
                    List<String> marks = Arrays.stream(parts.group(2).split("(?=[.#])")).filter(mark -> !mark.isEmpty()).toList();
                    if (marks.size() <= MOST_MARKS) {
                        rules.add(new Rule(parts.group(1).replace("*", ""), marks, values));
                    }
                }
            }
        }
        rules.sort(Comparator.comparingInt(Rule::weight));
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

    /** What is said of this element: its attributes, over them the rules, over them its own style. */
    Map<String, String> of(SvgNode node) {
        return known.computeIfAbsent(node, this::looked);
    }

    private Map<String, String> looked(SvgNode node) {
        Map<String, String> values = new LinkedHashMap<>(node.attributes());
        Set<String> classes = Set.copyOf(Arrays.asList(node.get("class").split("\\s+")));
        rules.stream().filter(rule -> rule.fits(node, classes)).forEach(rule -> values.putAll(rule.values));
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

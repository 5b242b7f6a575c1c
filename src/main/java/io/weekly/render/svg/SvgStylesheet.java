package io.weekly.render.svg;

import java.util.Arrays;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The rules of an SVG's {@code style} elements, and the properties that they give to an element. */
final class SvgStylesheet {
    /** The properties that {@link SvgStyle} uses; others are dropped. */
    static final Set<String> PROPERTIES = Stream.concat(
                    SvgStyle.INHERITED.stream(), Stream.of("clip-path", "display", "opacity", "stop-color", "stop-opacity", "transform"))
            .collect(Collectors.toUnmodifiableSet());

    private final SvgBudget budget;
    /** By {@link SvgRule#key}, so that an element is compared only with the rules that may match it. */
    private final Map<String, List<SvgRule>> rules;
    private final Map<SvgNode, Map<String, String>> cache = new IdentityHashMap<>();

    SvgStylesheet(SvgNode svg, SvgBudget budget) {
        this.budget = budget;
        StringBuilder css = new StringBuilder();
        collect(svg, css);
        this.rules = SvgRule.parse(css.toString()).stream().collect(Collectors.groupingBy(SvgRule::key));
    }

    private static void collect(SvgNode node, StringBuilder css) {
        if (node.name().equals("style")) {
            node.children().forEach(text -> css.append(text.text()));
        }
        node.children().forEach(child -> collect(child, css));
    }

    /** The budget of the drawing that uses this style sheet. */
    SvgBudget budget() {
        return budget;
    }

    /** The properties of an element. Its {@code style} wins over the rules, and the rules win over its attributes. */
    Map<String, String> of(SvgNode node) {
        return cache.computeIfAbsent(node, this::properties);
    }

    private Map<String, String> properties(SvgNode node) {
        Map<String, String> values = new LinkedHashMap<>(node.attributes());
        if (!rules.isEmpty()) {
            Set<String> classes = Set.copyOf(Arrays.asList(node.get("class").split("\\s+")));
            List<SvgRule> candidates = SvgRule.keys(node, classes)
                    .flatMap(key -> rules.getOrDefault(key, List.of()).stream())
                    .toList();
            budget.add(candidates.size());
            candidates.stream()
                    .filter(rule -> rule.matches(node, classes))
                    .sorted(Comparator.comparingInt(SvgRule::specificity).thenComparingInt(SvgRule::position))
                    .forEach(rule -> values.putAll(rule.values()));
        }
        values.putAll(SvgRule.declarations(node.get("style")));
        return values;
    }
}

package io.weekly.render.template;

import io.quarkus.qute.Expression;
import io.quarkus.qute.SectionBlock;
import io.quarkus.qute.SectionHelperFactory;
import io.quarkus.qute.SectionNode;
import io.quarkus.qute.TemplateNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A name that a template asks its data for, as {@code tenant} in {@code {tenant.name}}; not one that the template itself gives to the
 * rows of a loop or to a value.
 *
 * @param name the first part of the expression, or its namespace with the colon
 * @param part the second where it is a plain name, such as {@code name} here
 * @param line in the template
 * @param ofColumn whether it stands where a chart takes a column's name, which is a text in quotes
 */
public record Asked(String name, Optional<String> part, int line, boolean ofColumn) {

    private static final String NAMESPACE = ":";
    private static final Set<String> COLUMNS = Set.of("x", "y", "series", "compare");
    /** What follows a name that may as well be missing: {@code {note ?: ''}}, {@code {note.or('')}}, {@code {note??}}. */
    private static final Set<String> OTHERWISE = Set.of("or", "?:", "??", "orEmpty");

    /** Whether it stands before a colon: there are no namespaces here, so it is a style's property or a mistake. */
    public boolean isNamespace() {
        return name.endsWith(NAMESPACE);
    }

    static List<Asked> of(List<TemplateNode> nodes) {
        var asked = new ArrayList<Asked>();
        walk(nodes, Set.of("this"), asked);
        return asked;
    }

    private static void walk(List<TemplateNode> nodes, Set<String> given, List<Asked> asked) {
        var here = new HashSet<>(given);
        for (var node : nodes) {
            if (node.isSection()) {
                section(node.asSection(), here, asked);
            } else {
                node.getExpressions().forEach(expression -> expression(expression, here, asked, false));
            }
        }
    }

    private static void section(SectionNode section, Set<String> given, List<Asked> asked) {
        for (var block : section.getBlocks()) {
            // The cases of a {#when} may be bare words.
            if (isMain(block) || !List.of("when", "switch").contains(section.getName())) {
                block.expressions.forEach((key, expression) -> expression(
                        expression, given, asked, section.getName().equals("chart") && COLUMNS.contains(key)));
            }
            var inside = new HashSet<>(given);
            switch (section.getName()) {
                case "for", "each" -> {
                    if (isMain(block)) {
                        var alias = block.parameters.get("alias");
                        var row = alias == null || alias.startsWith("$") ? "it" : alias; // $empty$ is Qute's word for none
                        inside.add(row);
                        inside.add(row + "_"); // row_index, row_hasNext and their like
                    }
                }
                case "let", "set" -> {
                    block.parameters.keySet().forEach(name -> inside.add(name.replaceFirst("\\?$", "")));
                    given.addAll(inside); // without an end it is good for the rest of what it stands in
                }
                default -> { /* gives no names */ }
            }
            walk(block.nodes, inside, asked);
        }
    }

    private static boolean isMain(SectionBlock block) {
        return block.label.equals(SectionHelperFactory.MAIN_BLOCK_NAME);
    }

    private static void expression(Expression expression, Set<String> given, List<Asked> asked, boolean ofColumn) {
        if (expression.isLiteral()) {
            return;
        }
        if (expression.hasNamespace() && !expression.getNamespace().equals("data")) { // which Qute gives to all data
            asked.add(new Asked(expression.getNamespace() + NAMESPACE, Optional.empty(), expression.getOrigin().getLine(), false));
            return;
        }
        var parts = expression.getParts();
        var name = parts.getFirst().getName();
        var second = parts.size() > 1 ? parts.get(1) : null;
        var loop = name.indexOf('_') > 0 && given.stream().anyMatch(it -> it.endsWith("_") && name.startsWith(it));
        if (!given.contains(name) && !loop && (second == null || !OTHERWISE.contains(second.getName()))) {
            var part = second == null || second.isVirtualMethod() ? Optional.<String>empty() : Optional.of(second.getName());
            asked.add(new Asked(name, part, expression.getOrigin().getLine(), ofColumn && parts.size() == 1));
        }
        parts.stream()
                .filter(part -> part.isVirtualMethod())
                .flatMap(part -> part.asVirtualMethod().getParameters().stream())
                .forEach(parameter -> expression(parameter, given, asked, false));
    }
}

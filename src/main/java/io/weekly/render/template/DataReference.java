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
 * A use of the report's data in a template, such as {@code tenant} in {@code {tenant.name}}. Names that the template itself defines (the
 * row of a loop, a {@code let}) are not references to data.
 *
 * @param name the first part of the expression, or its namespace with the colon
 * @param part the second part if it is a plain name, such as {@code name} in the example
 * @param line in the template
 * @param ofColumn whether a chart expects the name of a column here, which must be in quotes
 */
public record DataReference(String name, Optional<String> part, int line, boolean ofColumn) {

    private static final String NAMESPACE = ":";
    private static final Set<String> COLUMNS = Set.of("x", "y", "series", "compare");
    /** Operators after a name that is optional: {@code {note ?: ''}}, {@code {note.or('')}}, {@code {note??}}. */
    private static final Set<String> DEFAULT_OPERATORS = Set.of("or", "?:", "??", "orEmpty");

    /** Whether the name stands before a colon. Templates have no namespaces, so it is a property of a style sheet or a mistake. */
    public boolean isNamespace() {
        return name.endsWith(NAMESPACE);
    }

    static List<DataReference> of(List<TemplateNode> nodes) {
        var found = new ArrayList<DataReference>();
        walk(nodes, Set.of("this"), found);
        return found;
    }

    private static void walk(List<TemplateNode> nodes, Set<String> known, List<DataReference> found) {
        var names = new HashSet<>(known);
        for (var node : nodes) {
            if (node.isSection()) {
                section(node.asSection(), names, found);
            } else {
                node.getExpressions().forEach(expression -> expression(expression, names, found, false));
            }
        }
    }

    private static void section(SectionNode section, Set<String> known, List<DataReference> found) {
        for (var block : section.getBlocks()) {
            // The cases of a {#when} may be words without quotes.
            if (isMain(block) || !List.of("when", "switch").contains(section.getName())) {
                block.expressions.forEach((key, expression) -> expression(
                        expression, known, found, section.getName().equals("chart") && COLUMNS.contains(key)));
            }
            var inside = new HashSet<>(known);
            switch (section.getName()) {
                case "for", "each" -> {
                    if (isMain(block)) {
                        var alias = block.parameters.get("alias");
                        var row = alias == null || alias.startsWith("$") ? "it" : alias; // Qute writes $empty$ for no alias
                        inside.add(row);
                        inside.add(row + "_"); // row_index, row_hasNext and others
                    }
                }
                case "let", "set" -> {
                    block.parameters.keySet().forEach(name -> inside.add(name.replaceFirst("\\?$", "")));
                    known.addAll(inside); // a {#let} without an end is valid for the rest of the enclosing section
                }
                default -> { /* defines no names */ }
            }
            walk(block.nodes, inside, found);
        }
    }

    private static boolean isMain(SectionBlock block) {
        return block.label.equals(SectionHelperFactory.MAIN_BLOCK_NAME);
    }

    private static void expression(Expression expression, Set<String> known, List<DataReference> found, boolean ofColumn) {
        if (expression.isLiteral()) {
            return;
        }
        if (expression.hasNamespace() && !expression.getNamespace().equals("data")) { // Qute's namespace for all data
            found.add(new DataReference(expression.getNamespace() + NAMESPACE, Optional.empty(), expression.getOrigin().getLine(), false));
            return;
        }
        var parts = expression.getParts();
        var name = parts.getFirst().getName();
        var second = parts.size() > 1 ? parts.get(1) : null;
        var loop = name.indexOf('_') > 0 && known.stream().anyMatch(it -> it.endsWith("_") && name.startsWith(it));
        if (!known.contains(name) && !loop && (second == null || !DEFAULT_OPERATORS.contains(second.getName()))) {
            var part = second == null || second.isVirtualMethod() ? Optional.<String>empty() : Optional.of(second.getName());
            found.add(new DataReference(name, part, expression.getOrigin().getLine(), ofColumn && parts.size() == 1));
        }
        parts.stream()
                .filter(part -> part.isVirtualMethod())
                .flatMap(part -> part.asVirtualMethod().getParameters().stream())
                .forEach(parameter -> expression(parameter, known, found, false));
    }
}

package io.weekly.definition;

import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.Tag;

/** The constants under {@code parameters} in a report.yaml. */
final class ParameterSettings {
    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9_]*");
    /** No leading zeros: YAML reads 010 as eight, but the author may mean a postcode. */
    private static final Pattern WHOLE = Pattern.compile("-?(0|[1-9][0-9]{0,17})");
    private static final Pattern DECIMAL = Pattern.compile("-?(0|[1-9][0-9]{0,29})\\.[0-9]{1,30}");

    private final YamlNodes yaml;

    ParameterSettings(YamlNodes yaml) {
        this.yaml = yaml;
    }

    /** The constants by name: String, Long or BigDecimal. */
    Map<String, Object> read(Node node) {
        Map<String, Object> parameters = new LinkedHashMap<>();
        yaml.entries(node).forEach((name, value) -> {
            if (!NAME.matcher(name).matches()) {
                yaml.fault(value, "a parameter's name must have only small letters, digits and _, and start with a letter, not " + name);
            } else if (Dataset.isBuiltIn(name)) {
                yaml.fault(value, "the parameter " + name + " would hide the built-in parameter of that name");
            } else {
                // Known even with a wrong value: the queries that use it have no fault.
                parameters.put(name, constant(name, value).orElse(""));
            }
        });
        return parameters;
    }

    /** YAML does not read an unquoted NO, null or 2026-11-23 as a text. An author who means the text must add the quotes. */
    private Optional<Object> constant(String name, Node node) {
        if (node instanceof ScalarNode scalar) {
            var text = scalar.getValue();
            if (scalar.getTag().equals(Tag.STR)) {
                return Optional.of(text);
            }
            if (scalar.getTag().equals(Tag.INT) && WHOLE.matcher(text).matches()) {
                return Optional.of(Long.valueOf(text));
            }
            if (scalar.getTag().equals(Tag.FLOAT) && DECIMAL.matcher(text).matches()) {
                return Optional.of(new BigDecimal(text));
            }
        }
        yaml.fault(node, "the parameter " + name + " must be a text, a whole number or a decimal; a text that looks like something else "
                + "needs quotes");
        return Optional.empty();
    }
}

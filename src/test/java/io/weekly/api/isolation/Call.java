package io.weekly.api.isolation;

import io.weekly.testing.ApiDocument.Operation;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * One request to an operation, without its caller.
 *
 * @param operation of the API description
 * @param template its line in {@code requests.txt}
 * @param values of the variables in path, query and body
 */
record Call(Operation operation, Template template, Map<String, String> values) {

    private static final Pattern VARIABLE = Pattern.compile("\\{([^}]+)}");

    /** What is sent to an operation. The query and the body are empty if there is none. */
    record Template(String query, String type, String body) {

        private static final Map<String, Template> ALL = Lines.of("requests.txt").stream()
                .map(line -> line.split("\\s+", 4))
                .collect(Collectors.toMap(
                        words -> words[0], words -> new Template(absent(words[1]), absent(words[2]), words.length == 4 ? words[3] : "")));

        static Template of(String operation) {
            return ALL.getOrDefault(operation, new Template("", "", ""));
        }

        /** The operations that have a line. */
        static Set<String> operations() {
            return ALL.keySet();
        }

        private static String absent(String word) {
            return word.equals("-") ? "" : word;
        }
    }

    static Call of(Operation operation, Map<String, String> values) {
        return new Call(operation, Template.of(operation.id()), values);
    }

    /** The names of the variables in the path. */
    static List<String> variables(Operation operation) {
        return VARIABLE.matcher(operation.path()).results().map(match -> match.group(1)).toList();
    }

    /** With this query instead of its own, for example {@code ?tenant=acme}. */
    Call withQuery(String query) {
        return new Call(operation, new Template(query, template.type(), template.body()), values);
    }

    Call withBody(String body) {
        return new Call(operation, new Template(template.query(), template.type(), body), values);
    }

    String body() {
        return filled(template.body());
    }

    String path() {
        return VARIABLE.matcher(operation.path()).replaceAll(match -> Matcher.quoteReplacement(encoded(value(match.group(1)))));
    }

    private String value(String variable) {
        var value = values.get(variable);
        if (value == null) {
            throw new AssertionError("MarkedTenant.values has no value for the variable %s of %s".formatted(variable, operation));
        }
        return value;
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    /** @param authorization the header; empty for a request without it */
    Answer send(Optional<String> authorization) {
        return send(authorization, Map.of());
    }

    Answer send(Optional<String> authorization, Map<String, String> headers) {
        var all = new HashMap<>(headers);
        if (!template.type().isEmpty()) {
            all.put("Content-Type", template.type());
        }
        return Http.send(method(), path() + filled(template.query()), authorization, all, body());
    }

    /** Asks for the headers only. */
    Answer head(Optional<String> authorization) {
        return Http.send("HEAD", path() + filled(template.query()), authorization, Map.of(), "");
    }

    private String method() {
        return operation.method().toUpperCase(Locale.ROOT);
    }

    private String filled(String text) {
        var filled = text;
        for (var variable : values.entrySet()) {
            filled = filled.replaceAll("\\$%s\\b".formatted(variable.getKey()), Matcher.quoteReplacement(variable.getValue()));
        }
        return filled;
    }

    @Override
    public String toString() {
        return method() + " " + path() + filled(template.query());
    }
}

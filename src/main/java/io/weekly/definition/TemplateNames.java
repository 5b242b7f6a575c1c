package io.weekly.definition;

import io.weekly.definition.BrokenDefinition.Fault;
import io.weekly.render.brand.Brand;
import io.weekly.render.template.DataReference;
import io.weekly.render.template.ReportTemplate;
import io.weekly.render.text.ServiceMessages;
import io.weekly.report.Period;
import io.weekly.text.Spelling;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Checks that the names in templates exist, so that the author sees a misspelt name when the definition is loaded and not when the reports
 * are made. The columns of datasets cannot be checked, because only the database knows them. A misspelt column fails the report.
 */
final class TemplateNames {
    /** Names that every template may use besides the datasets and {@link ReportFacts}. */
    private static final Set<String> ALWAYS = Set.of("m", "brand");
    /** Names that Qute provides for every map. A column or key of the same name wins. */
    private static final Set<String> OF_MAPS = Set.of("size", "empty", "isEmpty", "keys", "keySet", "values", "entrySet");
    /** Facts with empty values, only to find out which names the facts have. */
    private static final ReportFacts SAMPLE = new ReportFacts(
            new ReportFacts.Tenant("", "", "", "UTC"), new ReportFacts.Recipient("", "", "", "en"),
            Period.of(LocalDate.EPOCH), Instant.EPOCH);

    private final Map<String, Set<String>> known = new TreeMap<>();
    private final Map<String, Map<String, String>> messages;
    private final Set<String> withAnyPart = new HashSet<>();

    TemplateNames(Collection<String> datasets, Set<String> parameters, Map<String, Map<String, String>> messages) {
        SAMPLE.toData(Map.of(), "en").forEach((name, value) -> known.put(name, partsOf(value)));
        known.put("brand", partsOf(Brand.of("#000000").toData()));
        ALWAYS.forEach(name -> known.putIfAbsent(name, Set.of()));
        datasets.forEach(dataset -> known.put(dataset, Set.of()));
        // Without constants there is no name parameters: an empty set of parts would allow every part.
        if (!parameters.isEmpty()) {
            known.put("parameters", parameters);
        }
        this.messages = messages;
    }

    /** Allows every part of this name, because the file that defines its parts could not be read. */
    void allowAnyPart(String name) {
        known.put(name, Set.of());
        withAnyPart.add(name);
    }

    /** The keys of a map; empty for any other value, which may have any part. */
    private static Set<String> partsOf(Object value) {
        var parts = new TreeSet<String>();
        if (value instanceof Map<?, ?> map) {
            map.keySet().forEach(key -> parts.add(key.toString()));
        }
        return parts;
    }

    /** A fault for each name in the template that does not exist. {@code more} are names that only this template knows. */
    List<Fault> faults(String file, ReportTemplate page, String... more) {
        var faults = new ArrayList<Fault>();
        var names = new TreeSet<>(known.keySet());
        names.addAll(List.of(more));
        for (var asked : new HashSet<>(page.references()).stream().sorted((a, b) -> Integer.compare(a.line(), b.line())).toList()) {
            reason(asked, names).ifPresent(reason -> faults.add(new Fault(file, asked.line(), reason)));
        }
        return faults;
    }

    private Optional<String> reason(DataReference asked, Set<String> names) {
        if (asked.isNamespace()) {
            return Optional.of(("{%s looks like an expression with a colon, and there is no such expression; if the brace belongs to a "
                    + "style, write a space or a new line after it").formatted(asked.name()));
        }
        if (asked.ofColumn() && !names.contains(asked.name())) {
            return Optional.of("unknown name %1$s; put a column's name in quotes, as in x=\"%1$s\"".formatted(asked.name()));
        }
        if (!names.contains(asked.name())) {
            return Optional.of("unknown name %s%s (known: %s)".formatted(
                    asked.name(), Spelling.hint(asked.name(), names), String.join(", ", names)));
        }
        if (withAnyPart.contains(asked.name())) {
            return Optional.empty();
        }
        if (asked.name().equals("m")) {
            return asked.part().flatMap(this::message);
        }
        var parts = known.getOrDefault(asked.name(), Set.of());
        return asked.part()
                .filter(part -> !parts.isEmpty() && !parts.contains(part) && !OF_MAPS.contains(part))
                .map(part -> "%s has no %s%s (known: %s)".formatted(
                        asked.name(), part, Spelling.hint(part, parts), String.join(", ", parts)));
    }

    private Optional<String> message(String key) {
        var forEveryone = new TreeSet<>(ServiceMessages.of(Locale.ENGLISH).keySet());
        forEveryone.addAll(messages.getOrDefault("", Map.of()).keySet());
        if (forEveryone.contains(key) || OF_MAPS.contains(key)) {
            return Optional.empty();
        }
        var languages = messages.entrySet().stream()
                .filter(texts -> texts.getValue().containsKey(key))
                .map(Map.Entry::getKey)
                .sorted()
                .toList();
        return Optional.of(languages.isEmpty()
                ? "unknown message %s: neither messages.properties nor the service has it%s".formatted(
                        key, Spelling.hint(key, forEveryone))
                : "the message %s exists only for %s; add it to messages.properties for all other languages".formatted(
                        key, String.join(", ", languages)));
    }
}

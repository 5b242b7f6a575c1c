package io.weekly.definition;

import io.weekly.definition.BrokenDefinition.Fault;
import io.weekly.render.brand.Brand;
import io.weekly.render.template.DataReference;
import io.weekly.render.template.ReportTemplate;
import io.weekly.render.text.ServiceMessages;
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
 * Holds the names that templates ask for against those that there will be, so that a misspelt one is told when the definition is read
 * and not on Monday. The columns of datasets are known to the database only; those a report tells when it is made.
 */
final class TemplateNames {
    /** What any template may ask for beside the datasets and {@link ReportFacts}: it is there where the report has it. */
    private static final Set<String> ALWAYS = Set.of("m", "brand");
    /** What Qute gives to maps; a column or key of the same name wins. */
    private static final Set<String> OF_MAPS = Set.of("size", "empty", "isEmpty", "keys", "keySet", "values", "entrySet");
    /** Of nobody: to see by which names the facts are known. */
    private static final ReportFacts SAMPLE = new ReportFacts(
            new ReportFacts.Tenant("", "", "", "UTC"), new ReportFacts.Recipient("", "", "", "en"),
            ReportFacts.Period.of(LocalDate.EPOCH), Instant.EPOCH);

    private final Map<String, Set<String>> known = new TreeMap<>();
    private final Map<String, Map<String, String>> messages;
    private final Set<String> left = new HashSet<>();

    TemplateNames(Collection<String> datasets, Set<String> parameters, Map<String, Map<String, String>> messages) {
        SAMPLE.toData(Map.of(), "en").forEach((name, value) -> known.put(name, partsOf(value)));
        known.put("brand", partsOf(Brand.of("#000000").toData()));
        ALWAYS.forEach(name -> known.putIfAbsent(name, Set.of()));
        datasets.forEach(dataset -> known.put(dataset, Set.of()));
        // Of nothing it would have any part.
        if (!parameters.isEmpty()) {
            known.put("parameters", parameters);
        }
        this.messages = messages;
    }

    /** Takes whatever is asked of that name: what it stands for could not be read. */
    void leave(String name) {
        known.put(name, Set.of());
        left.add(name);
    }

    /** Of a map its keys; nothing of what may have any part. */
    private static Set<String> partsOf(Object value) {
        var parts = new TreeSet<String>();
        if (value instanceof Map<?, ?> map) {
            map.keySet().forEach(key -> parts.add(key.toString()));
        }
        return parts;
    }

    /** What a template asks for that will not be there. {@code more} is known to this one only. */
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
            return Optional.of(("{%s is read as an expression, and none has a colon there; where the brace is a style's, write a blank or "
                    + "a new line after it").formatted(asked.name()));
        }
        if (asked.ofColumn() && !names.contains(asked.name())) {
            return Optional.of("unknown name %1$s; a column's name stands in quotes, as in x=\"%1$s\"".formatted(asked.name()));
        }
        if (!names.contains(asked.name())) {
            return Optional.of("unknown name %s%s (known: %s)".formatted(
                    asked.name(), Spelling.hint(asked.name(), names), String.join(", ", names)));
        }
        if (left.contains(asked.name())) {
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
        var everyones = new TreeSet<>(ServiceMessages.of(Locale.ENGLISH).keySet());
        everyones.addAll(messages.getOrDefault("", Map.of()).keySet());
        if (everyones.contains(key) || OF_MAPS.contains(key)) {
            return Optional.empty();
        }
        var languages = messages.keySet().stream().filter(tag -> messages.get(tag).containsKey(key)).sorted().toList();
        return Optional.of(languages.isEmpty()
                ? "there is no message %s in messages.properties, nor such a word of the service's own%s".formatted(
                        key, Spelling.hint(key, everyones))
                : "the message %s is there for %s only; in messages.properties it would be there for everybody".formatted(
                        key, String.join(", ", languages)));
    }
}

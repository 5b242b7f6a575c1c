package io.weekly.definition;

import io.weekly.definition.BrokenDefinition.Fault;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The files of a small definition, for tests that change one of them. */
final class DefinitionFiles {
    static final Map<String, String> GOOD = Map.of(
            "report.yaml", "title: T\nmail: {subject: \"{tenant.name}\"}\n",
            "rows.sql", "SELECT 1 AS a FROM metric WHERE tenant_id = :tenant AND day >= :from",
            "report.html", "<html><body>{#for row in rows}{row.a}{/for}</body></html>",
            "report.css", "p { color: {brand.ink}; }", "mail.html", "<html></html>", "mail.txt", "hello");

    private DefinitionFiles() {}

    /** The good files with another text of one file; without that file if the text is null. */
    static Map<String, String> with(String file, String text) {
        Map<String, String> files = new HashMap<>(GOOD);
        if (text == null) {
            files.remove(file);
        } else {
            files.put(file, text);
        }
        return files;
    }

    /** The definition of files that have no fault. */
    static Definition definition(Map<String, String> files) {
        return (Definition) DefinitionLoader.load("x", files);
    }

    static List<String> faults(Map<String, String> files) {
        return ((BrokenDefinition) DefinitionLoader.load("x", files)).faults().stream().map(Fault::toString).toList();
    }

    static String reasons(Map<String, String> files) {
        return ((BrokenDefinition) DefinitionLoader.load("x", files)).reasons();
    }
}

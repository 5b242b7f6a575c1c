package io.weekly.definition;

import io.weekly.render.template.ReportTemplate;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** The note: a short mail that replaces an empty report. Definitions without a note of their own use the built-in one. */
final class Note {
    static final String HTML = "note.html";
    static final String TEXT = "note.txt";

    /** The built-in templates by file name. */
    static final SortedMap<String, ReportTemplate> DEFAULTS =
            Collections.unmodifiableSortedMap(new TreeMap<>(Map.of(HTML, template(HTML), TEXT, template(TEXT))));

    private Note() {}

    private static ReportTemplate template(String file) {
        String path = "notes/" + file;
        try (InputStream in = Note.class.getResourceAsStream("/" + path)) {
            if (in == null) {
                throw new IllegalStateException(path + " is missing in this build (quarkus.native.resources.includes?)");
            }
            return ReportTemplate.parse(path, new String(in.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

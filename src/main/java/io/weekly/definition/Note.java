package io.weekly.definition;

import io.weekly.render.template.Page;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** The short mail in place of a report that has nothing to say: the service's own, for definitions that bring none. */
final class Note {
    static final String HTML = "note.html";
    static final String TEXT = "note.txt";

    static final Page DEFAULT_HTML = page(HTML);
    static final Page DEFAULT_TEXT = page(TEXT);

    private Note() {}

    private static Page page(String file) {
        String path = "notes/" + file;
        try (InputStream in = Note.class.getResourceAsStream("/" + path)) {
            if (in == null) {
                throw new IllegalStateException(path + " is missing in this build (quarkus.native.resources.includes?)");
            }
            return Page.parse(path, new String(in.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

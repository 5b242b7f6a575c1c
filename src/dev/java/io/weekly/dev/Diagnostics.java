package io.weekly.dev;

import io.weekly.definition.BrokenDefinition;
import io.weekly.render.RenderException;
import io.weekly.source.DatasetException;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.List;

/** Makes diagnostics from failures: file, line, reason and the lines around it. */
@Singleton
class Diagnostics {
    private static final String MAIL_SUBJECT = "mail subject";

    private final DefinitionWatch watch;

    Diagnostics(DefinitionWatch watch) {
        this.watch = watch;
    }

    List<Diagnostic> of(BrokenDefinition broken) {
        return broken.faults().stream().map(fault -> at(broken.name(), fault.file(), fault.line(), fault.reason())).toList();
    }

    /** The failure of a dataset or a template. */
    Diagnostic of(String definition, Throwable failure) {
        return switch (failure) {
            case RenderException it -> at(definition, relativeFile(definition, it.file()), it.line().orElse(0), it.reason());
            case DatasetException it -> at(definition, relativeFile(definition, it.file()), it.line(), it.reason());
            default -> new Diagnostic("", 0, failure.getMessage() == null ? failure.toString() : failure.getMessage(), List.of());
        };
    }

    /** A failure in a composed page. Its lines are those of the page, not those of the template. */
    Diagnostic ofPage(Throwable failure, String page) {
        return failure instanceof RenderException it
                ? Diagnostic.of(it.file(), it.line().orElse(0), it.reason(), page)
                : new Diagnostic("", 0, String.valueOf(failure.getMessage()), List.of());
    }

    private static String relativeFile(String definition, String file) {
        return file.startsWith(definition + "/") ? file.substring(definition.length() + 1) : file;
    }

    private Diagnostic at(String definition, String file, int line, String reason) {
        return file.startsWith(MAIL_SUBJECT)
                ? new Diagnostic(definition + "/report.yaml", 0, file + ": " + reason, List.of())
                : Diagnostic.of(definition + "/" + file, line, reason, line == 0 ? "" : text(definition, file));
    }

    /** The text of the file; empty if it has been removed since. */
    private String text(String definition, String file) {
        var folder = watch.folder(definition);
        try {
            if (folder.isPresent()) {
                return Files.isRegularFile(folder.get().resolve(file)) ? Files.readString(folder.get().resolve(file)) : "";
            }
            try (InputStream in = Diagnostics.class.getResourceAsStream("/definitions/" + definition + "/" + file)) {
                return in == null ? "" : new String(in.readAllBytes(), StandardCharsets.UTF_8);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

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

/** Turns what failed into where and why, with the lines of the author's file. */
@Singleton
class Troubles {
    private static final String MAIL_SUBJECT = "mail subject";

    private final DefinitionWatch watch;

    Troubles(DefinitionWatch watch) {
        this.watch = watch;
    }

    List<Trouble> of(BrokenDefinition broken) {
        return broken.faults().stream().map(fault -> at(broken.name(), fault.file(), fault.line(), fault.reason())).toList();
    }

    /** Of a dataset or a template. */
    Trouble of(String definition, Throwable failure) {
        return switch (failure) {
            case RenderException it -> at(definition, inside(definition, it.file()), it.line().orElse(0), it.reason());
            case DatasetException it -> at(definition, inside(definition, it.file()), it.line(), it.reason());
            default -> new Trouble("", 0, failure.getMessage() == null ? failure.toString() : failure.getMessage(), List.of());
        };
    }

    /** Of a composed page: its lines are no longer the template's. */
    Trouble ofPage(Throwable failure, String page) {
        return failure instanceof RenderException it
                ? Trouble.of(it.file(), it.line().orElse(0), it.reason(), page)
                : new Trouble("", 0, String.valueOf(failure.getMessage()), List.of());
    }

    private static String inside(String definition, String file) {
        return file.startsWith(definition + "/") ? file.substring(definition.length() + 1) : file;
    }

    private Trouble at(String definition, String file, int line, String reason) {
        return file.startsWith(MAIL_SUBJECT)
                ? new Trouble(definition + "/report.yaml", 0, file + ": " + reason, List.of())
                : Trouble.of(definition + "/" + file, line, reason, line == 0 ? "" : text(definition, file));
    }

    /** Empty where it is gone by now: then there is nothing to show, and the reason stays true. */
    private String text(String definition, String file) {
        var folder = watch.folder(definition);
        try {
            if (folder.isPresent()) {
                return Files.isRegularFile(folder.get().resolve(file)) ? Files.readString(folder.get().resolve(file)) : "";
            }
            try (InputStream in = Troubles.class.getResourceAsStream("/definitions/" + definition + "/" + file)) {
                return in == null ? "" : new String(in.readAllBytes(), StandardCharsets.UTF_8);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

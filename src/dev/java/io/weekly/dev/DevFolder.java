package io.weekly.dev;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.eclipse.microprofile.config.Config;

/** The one folder under which all that dev mode keeps lives and survives together: {@code weekly.dev.dir}. */
public record DevFolder(Path path) {
    static final String KEY = "weekly.dev.dir";
    private static final List<String> TOLD = List.of("quarkus.datasource.reactive.url", "quarkus.datasource.username",
            "quarkus.mailer.host", "quarkus.mailer.port", "mp.jwt.verify.publickey.location", "weekly.store.dir");

    public Path database() {
        return path.resolve("database");
    }

    public Path files() {
        return path.resolve("files");
    }

    public Path outbox() {
        return path.resolve("outbox");
    }

    public Path keys() {
        return path.resolve("keys");
    }

    /** Where another process finds these servers: the packaged application, started beside dev mode. */
    Path servers() {
        return path.resolve("servers.properties");
    }

    /** Writes that down. Nothing secret is in it but what a developer gave for servers of his own: hence no passwords. */
    void tellOf(Config config) {
        String known = TOLD.stream()
                .flatMap(key -> config.getOptionalValue(key, String.class).stream().map(value -> key + "=" + value + "\n"))
                .collect(Collectors.joining());
        try {
            Files.writeString(servers(), "# What dev mode has started, until it ends.\n" + known
                    + "mp.jwt.verify.issuer=" + DevKeys.ISSUER + "\nmp.jwt.verify.audiences=" + DevKeys.AUDIENCE + "\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** For a folder that nobody wants to see again. */
    public void delete() {
        Folders.delete(path);
    }
}

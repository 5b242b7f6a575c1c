package io.weekly.dev;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.eclipse.microprofile.config.Config;

/** The folder with everything that dev mode keeps: {@code weekly.dev.dir}. */
public record DevFolder(Path path) {
    static final String KEY = "weekly.dev.dir";
    private static final List<String> WRITTEN_KEYS = List.of("quarkus.datasource.reactive.url", "quarkus.datasource.username",
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

    /** A file with settings, with which a packaged application can use the same servers. */
    Path servers() {
        return path.resolve("servers.properties");
    }

    /** Writes that file. It has no passwords, because a developer may have configured servers of their own. */
    void writeServers(Config config) {
        String known = WRITTEN_KEYS.stream()
                .flatMap(key -> config.getOptionalValue(key, String.class).stream().map(value -> key + "=" + value + "\n"))
                .collect(Collectors.joining());
        try {
            Files.writeString(servers(), "# The servers that dev mode started. They end with it.\n" + known
                    + "mp.jwt.verify.issuer=" + DevKeys.ISSUER + "\nmp.jwt.verify.audiences=" + DevKeys.AUDIENCE + "\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Deletes the folder and everything in it. */
    public void delete() {
        Folders.delete(path);
    }
}

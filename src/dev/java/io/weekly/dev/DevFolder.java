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
            "quarkus.mailer.host", "quarkus.mailer.port", "quarkus.mailer.start-tls", "mp.jwt.verify.publickey.location",
            "weekly.store.dir");
    private static final List<String> OWN_SOURCE_USER = List.of(DevServers.SOURCE_USERNAME, DevServers.SOURCE_PASSWORD);
    private static final String KEY_OF_DEV_MODE = "weekly.keys." + DevKeys.ID;
    private static final List<String> OWN_KEY = List.of(KEY_OF_DEV_MODE, DevServers.CURRENT_KEY);

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

    /**
     * Writes that file. It has the secrets that dev mode made itself, because a packaged application does not start without a user for
     * datasets. It has no secret of a developer, who may use the same names: docs/install.md recommends the name of the user.
     */
    void writeServers(Config config) {
        String known = settings(config, WRITTEN_KEYS);
        if (isSet(config, DevServers.SOURCE_USERNAME, SourceUser.NAME) && isSet(config, DevServers.SOURCE_PASSWORD, SourceUser.PASSWORD)) {
            known += settings(config, OWN_SOURCE_USER);
        }
        if (isSet(config, DevServers.CURRENT_KEY, DevKeys.ID) && isSet(config, KEY_OF_DEV_MODE, DevKeys.in(keys()).secret())) {
            known += settings(config, OWN_KEY);
        }
        try {
            Files.writeString(servers(), "# The servers that dev mode started. They end with it.\n" + known
                    + "mp.jwt.verify.issuer=" + DevKeys.ISSUER + "\nmp.jwt.verify.audiences=" + DevKeys.AUDIENCE + "\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean isSet(Config config, String key, String value) {
        return config.getOptionalValue(key, String.class).filter(value::equals).isPresent();
    }

    private static String settings(Config config, List<String> keys) {
        return keys.stream()
                .flatMap(key -> config.getOptionalValue(key, String.class).stream().map(value -> key + "=" + value + "\n"))
                .collect(Collectors.joining());
    }

    /** Deletes the folder and everything in it. */
    public void delete() {
        Folders.delete(path);
    }
}

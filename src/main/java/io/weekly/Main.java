package io.weekly;

import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.annotations.QuarkusMain;
import io.quarkus.runtime.configuration.ConfigUtils;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.eclipse.microprofile.config.Config;

/**
 * Starts the service in production. What it cannot run without is looked at before anything is started, so that whoever installs it
 * reads one line for each setting that is missing or cannot be used, instead of a stack trace about the first.
 */
@QuarkusMain(name = "weekly")
public class Main {
    private static final String KEY_LOCATION = "mp.jwt.verify.publickey.location";
    private static final String DEFINITIONS = "weekly.definitions.dir";

    private record Needed(String key, String what, String example) {
        String missing() {
            return "%s is missing: %s, for example %s=%s (environment: %s)".formatted(key, what, key, example,
                    key.toUpperCase().replaceAll("[^A-Z0-9]", "_"));
        }
    }

    private static final List<Needed> NEEDED = List.of(
            new Needed("quarkus.datasource.reactive.url", "the database", "mysql://db.example.com:3306/weekly"),
            new Needed("quarkus.datasource.username", "its user", "weekly"),
            new Needed(KEY_LOCATION, "the key that tells which JWTs are genuine, a file or a JWKS address",
                    "https://login.example.com/.well-known/jwks.json"),
            new Needed("mp.jwt.verify.issuer", "who issues the JWTs", "https://login.example.com"),
            new Needed("mp.jwt.verify.audiences", "for whom they are issued", "weekly-reports"));

    public static void main(String... args) {
        // Not ConfigProvider's: in a native image that is still the build's, with the environment of whoever built it.
        List<String> wrong = wrong(ConfigUtils.configBuilder().build());
        if (wrong.isEmpty()) {
            Quarkus.run(args);
        } else {
            wrong.forEach(System.err::println);
            System.exit(1);
        }
    }

    static List<String> wrong(Config config) {
        Stream<String> missing = NEEDED.stream().filter(needed -> !isSet(config, needed.key())).map(Needed::missing);
        return Stream.concat(missing, unreadable(config).stream()).toList();
    }

    private static boolean isSet(Config config, String key) {
        return given(config, key) || (key.equals(KEY_LOCATION) && given(config, "mp.jwt.verify.publickey"));
    }

    private static Optional<String> unreadable(Config config) {
        return config.getOptionalValue(DEFINITIONS, String.class)
                .filter(folder -> !folder.isBlank())
                .filter(folder -> !Files.isDirectory(Path.of(folder)) || !Files.isReadable(Path.of(folder)))
                .map(folder -> DEFINITIONS + " is " + folder + ", which is no folder that can be read");
    }

    private static boolean given(Config config, String key) {
        Optional<String> value = config.getOptionalValue(key, String.class);
        return value.isPresent() && !value.get().isBlank();
    }
}

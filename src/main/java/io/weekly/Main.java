package io.weekly;

import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.annotations.QuarkusMain;
import io.quarkus.runtime.configuration.ConfigUtils;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.config.Config;

/**
 * Starts the service in production. What it cannot run without is looked at before anything is started, so that whoever installs it
 * reads one line for each missing setting instead of a stack trace about the first.
 */
@QuarkusMain(name = "weekly")
public class Main {
    private static final String KEY_LOCATION = "mp.jwt.verify.publickey.location";

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
        List<String> missing = missing(ConfigUtils.configBuilder().build());
        if (missing.isEmpty()) {
            Quarkus.run(args);
        } else {
            missing.forEach(System.err::println);
            System.exit(1);
        }
    }

    static List<String> missing(Config config) {
        return NEEDED.stream().filter(needed -> !isSet(config, needed.key())).map(Needed::missing).toList();
    }

    private static boolean isSet(Config config, String key) {
        return given(config, key) || (key.equals(KEY_LOCATION) && given(config, "mp.jwt.verify.publickey"));
    }

    private static boolean given(Config config, String key) {
        Optional<String> value = config.getOptionalValue(key, String.class);
        return value.isPresent() && !value.get().isBlank();
    }
}

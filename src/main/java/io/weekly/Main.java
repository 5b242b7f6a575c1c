package io.weekly;

import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.annotations.QuarkusMain;
import io.quarkus.runtime.configuration.ConfigUtils;
import io.weekly.keys.KeyringSettings;
import io.weekly.store.encryption.FileVault;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.eclipse.microprofile.config.Config;

/**
 * Starts the service in production, or runs one of the {@link Commands}. Before anything else starts, it checks the required settings and
 * prints one line for each that is missing or unusable. Otherwise the operator would get a stack trace about the first one only.
 */
@QuarkusMain(name = "weekly")
public class Main {
    private static final String KEY_LOCATION = "mp.jwt.verify.publickey.location";
    private static final String DEFINITIONS = "weekly.definitions.dir";
    private static final String ENCRYPTION = "weekly.store.encryption";
    private static final String AUTHORITIES = "weekly.database.tls.ca";

    private record RequiredSetting(String key, String meaning, String example) {
        String missing() {
            return "%s is missing: %s, for example %s=%s (environment: %s)".formatted(key, meaning, key, example,
                    key.toUpperCase(Locale.ROOT).replaceAll("[^A-Z0-9]", "_"));
        }
    }

    private static final List<RequiredSetting> REQUIRED = List.of(
            new RequiredSetting("quarkus.datasource.reactive.url", "the database", "mysql://db.example.com:3306/weekly"),
            new RequiredSetting("quarkus.datasource.username", "the database user", "weekly"),
            new RequiredSetting(KEY_LOCATION, "the public key that verifies JWTs, a file or a JWKS address",
                    "https://login.example.com/.well-known/jwks.json"),
            new RequiredSetting("mp.jwt.verify.issuer", "the issuer of the JWTs", "https://login.example.com"),
            new RequiredSetting("mp.jwt.verify.audiences", "the audience of the JWTs", "weekly-reports"));

    public static void main(String... args) {
        // ConfigProvider is not used, because in a native image it still has the environment of the build.
        Config config = ConfigUtils.configBuilder().build();
        Commands.find(args).ifPresent(command ->
                System.exit(command.run(config, List.of(args).subList(1, args.length), System.out)));
        List<String> errors = errors(config);
        if (errors.isEmpty()) {
            Quarkus.run(args);
        } else {
            errors.forEach(System.err::println);
            System.exit(1);
        }
    }

    /** One line for each missing or unusable setting; if there is none, one line for each unsafe setting. */
    static List<String> errors(Config config) {
        Stream<String> missing = REQUIRED.stream().filter(setting -> !isSet(config, setting.key())).map(RequiredSetting::missing);
        List<String> unusable = Stream.of(
                        missing,
                        unreadableFolder(config).stream(),
                        unreadableAuthorities(config).stream(),
                        KeyringSettings.of(config).faults().stream(),
                        encryptionWithoutKey(config).stream(),
                        MailSettings.faults(config).stream())
                .flatMap(lines -> lines)
                .toList();
        return unusable.isEmpty() ? UnsafeSettings.in(config) : unusable;
    }

    private static boolean isSet(Config config, String key) {
        return hasValue(config, key) || (key.equals(KEY_LOCATION) && hasValue(config, "mp.jwt.verify.publickey"));
    }

    private static Optional<String> unreadableFolder(Config config) {
        return config.getOptionalValue(DEFINITIONS, String.class)
                .filter(folder -> !folder.isBlank())
                .filter(folder -> !Files.isDirectory(Path.of(folder)) || !Files.isReadable(Path.of(folder)))
                .map(folder -> DEFINITIONS + " is " + folder + ", which is not a readable folder");
    }

    private static Optional<String> encryptionWithoutKey(Config config) {
        boolean encrypts = config.getOptionalValue(ENCRYPTION, String.class)
                .filter(value -> value.strip().equalsIgnoreCase("on"))
                .isPresent();
        return FileVault.fault(encrypts, KeyringSettings.of(config).hasCurrent());
    }

    private static Optional<String> unreadableAuthorities(Config config) {
        return config.getOptionalValue(AUTHORITIES, String.class)
                .filter(file -> !Files.isRegularFile(Path.of(file)) || !Files.isReadable(Path.of(file)))
                .map(file -> AUTHORITIES + " is " + file + ", which is not a readable file");
    }

    private static boolean hasValue(Config config, String key) {
        Optional<String> value = config.getOptionalValue(key, String.class);
        return value.isPresent() && !value.get().isBlank();
    }
}

package io.weekly.audit.seal;

import com.mysql.cj.jdbc.Driver;
import io.weekly.database.DatabaseTls;
import io.weekly.keys.Keyring;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import org.eclipse.microprofile.config.Config;

/**
 * The settings of the service and the options of a command, {@code --name=value}.
 *
 * @param options the values of each option, in their order
 */
record CommandSettings(Config config, Map<String, List<String>> options) {

    /** The second is how a configuration without mappings names {@code WEEKLY_AUDIT_PUBLIC_KEYS_K1} of the environment. */
    private static final List<String> PUBLIC_KEYS = List.of(SealConfig.PREFIX + ".public-keys.", SealConfig.PREFIX + ".public.keys.");

    /** Settings or options that cannot be used. The message is for the user of the command. */
    static final class UnusableException extends Exception {
        private static final long serialVersionUID = 1;

        UnusableException(String message) {
            super(message);
        }
    }

    /** @param known the names of the options that the command has */
    static CommandSettings of(Config config, List<String> arguments, List<String> known) throws UnusableException {
        var options = new HashMap<String, List<String>>();
        for (var argument : arguments) {
            var parts = argument.split("=", 2);
            if (parts.length < 2 || !parts[0].startsWith("--") || !known.contains(parts[0].substring(2))) {
                throw new UnusableException("unknown option %s; the options are %s".formatted(
                        argument, String.join(", ", known.stream().map(name -> "--" + name + "=…").toList())));
            }
            options.computeIfAbsent(parts[0].substring(2), _ -> new ArrayList<>()).add(parts[1]);
        }
        return new CommandSettings(config, options);
    }

    List<String> all(String option) {
        return options.getOrDefault(option, List.of());
    }

    /** The trusted keys: those of the keyring, of {@code weekly.audit.public-keys} and of {@code --public-key=id:key}. */
    SealKeys keys() throws UnusableException {
        var publicKeys = new HashMap<String, String>();
        for (var name : config.getPropertyNames()) {
            PUBLIC_KEYS.stream().filter(name::startsWith).forEach(prefix ->
                    text(name).ifPresent(key -> publicKeys.put(unquoted(name.substring(prefix.length())), key)));
        }
        for (var option : all("public-key")) {
            var parts = option.split(":", 2);
            if (parts.length < 2) {
                throw new UnusableException("--public-key must be id:key, with the 32 bytes of the key in Base64");
            }
            publicKeys.put(parts[0], parts[1]);
        }
        try {
            return new SealKeys(Keyring.of(config), publicKeys);
        } catch (IllegalArgumentException e) {
            throw new UnusableException(String.valueOf(e.getMessage()));
        }
    }

    private static String unquoted(String name) {
        return name.replace("\"", "");
    }

    /** The folders of {@code --anchor}; without that option the folder of {@code weekly.audit.anchor}, if it is set. */
    List<AnchorFolder> anchors() {
        var named = all("anchor");
        var folders = named.isEmpty() ? text(SealConfig.PREFIX + ".anchor").stream().toList() : named;
        return folders.stream().map(folder -> new AnchorFolder(Path.of(folder))).toList();
    }

    Duration late() throws UnusableException {
        try {
            var late = config.getOptionalValue(SealConfig.PREFIX + ".late", Duration.class).orElse(Duration.ofHours(1));
            if (late.isNegative()) {
                throw new UnusableException(SealConfig.PREFIX + ".late must not be negative");
            }
            return late;
        } catch (IllegalArgumentException e) {
            throw new UnusableException(SealConfig.PREFIX + ".late is no duration: " + e.getMessage());
        }
    }

    Optional<String> text(String key) {
        return config.getOptionalValue(key, String.class).filter(value -> !value.isBlank());
    }

    /** A connection as the service's user, which may read. */
    Connection connect() throws UnusableException, SQLException {
        return connect("quarkus.datasource.username", "quarkus.datasource.password");
    }

    /** A connection as the user that changes tables; the service's user if there is no other. */
    Connection connectForMigration() throws UnusableException, SQLException {
        return text("quarkus.flyway.username").isPresent()
                ? connect("quarkus.flyway.username", "quarkus.flyway.password")
                : connect();
    }

    /** Uses the driver by its class, because in a native executable nothing registers it with the {@code DriverManager}. */
    private Connection connect(String user, String password) throws UnusableException, SQLException {
        // The address without a host is the default of the service, which it never uses.
        var url = text("quarkus.datasource.jdbc.url")
                .filter(address -> !address.contains("//not-configured"))
                .or(() -> text("quarkus.datasource.reactive.url").map(address -> "jdbc:" + address))
                .orElseThrow(() -> new UnusableException("quarkus.datasource.reactive.url is missing: the database"));
        var properties = new Properties();
        text(user).ifPresent(name -> properties.setProperty("user", name));
        text(password).ifPresent(secret -> properties.setProperty("password", secret));
        var connection = new Driver().connect(encrypted(url), properties);
        if (connection == null) {
            throw new UnusableException("this is no address of a MySQL or MariaDB database: " + url);
        }
        return connection;
    }

    private String encrypted(String url) throws UnusableException {
        try {
            return DatabaseTls.of(config).jdbcUrl(url).orElse(url);
        } catch (IllegalArgumentException | IllegalStateException e) {
            throw new UnusableException(String.valueOf(e.getMessage()));
        }
    }
}

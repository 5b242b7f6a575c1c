package io.weekly;

import io.weekly.access.KeyAddress;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.eclipse.microprofile.config.Config;

/**
 * Finds settings with which the service would work but not be safe, before it starts. Each line says what to set instead, and how to allow
 * it nevertheless.
 */
final class UnsafeSettings {

    private static final String KEYS = "mp.jwt.verify.publickey.location";
    private static final String USER = "quarkus.datasource.username";
    private static final String SOURCE_USER = "quarkus.datasource.source.username";
    private static final String ALLOW_SERVICE_USER = "weekly.source.allow-service-user";
    private static final String EARLIER_KEYS = "weekly.secrets.";

    private UnsafeSettings() {}

    /** One line for each. */
    static List<String> in(Config config) {
        return Stream.of(keysThatCanBeReplaced(config), datasetsWithTheRightsOfTheService(config), keysWithoutEffect(config))
                .flatMap(Optional::stream)
                .toList();
    }

    private static Optional<String> keysThatCanBeReplaced(Config config) {
        return config.getOptionalValue(KEYS, String.class)
                .filter(location -> !KeyAddress.isTrusted(location))
                .map(location -> "%s is %s: whoever can change the answer on its way could sign tokens. Use https:// (http:// works on"
                        .formatted(KEYS, location) + " this machine only, such as http://127.0.0.1:8180/keys)");
    }

    /** Whoever still sets the keys of an earlier version would believe that they protect something. */
    private static Optional<String> keysWithoutEffect(Config config) {
        return StreamSupport.stream(config.getPropertyNames().spliterator(), false)
                .filter(name -> name.startsWith(EARLIER_KEYS))
                .sorted()
                .findFirst()
                .map(name -> name + " has no effect any more: set weekly.keys.* instead, and remove " + EARLIER_KEYS + "* (docs/keys.md)");
    }

    /**
     * The SQL of a definition could read and change everything that the service stores, for every tenant. Without a setting the user is the
     * service's. That default is in application.properties, which a native executable does not read before it starts.
     */
    private static Optional<String> datasetsWithTheRightsOfTheService(Config config) {
        var user = config.getOptionalValue(USER, String.class);
        var isShared = user.isPresent() && config.getOptionalValue(SOURCE_USER, String.class).or(() -> user).equals(user);
        var isAllowed = config.getOptionalValue(ALLOW_SERVICE_USER, Boolean.class).orElse(false);
        return isShared && !isAllowed
                ? Optional.of("%s is %s, the user of the service itself: datasets need a user that may only read (docs/source.md)."
                        .formatted(SOURCE_USER, user.get()) + " To use it nevertheless, set " + ALLOW_SERVICE_USER + "=true")
                : Optional.empty();
    }
}

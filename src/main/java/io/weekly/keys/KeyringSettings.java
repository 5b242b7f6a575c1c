package io.weekly.keys;

import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.StreamSupport;
import org.eclipse.microprofile.config.Config;

/** The settings of the keyring as they were written, and what is wrong with them. No message contains a key. */
public final class KeyringSettings {

    static final int KEY_BYTES = 32;
    private static final Pattern ID = Pattern.compile("[A-Za-z0-9_-]{1,32}");
    private static final String PREFIX = KeyringConfig.PREFIX + ".";
    private static final String CURRENT = PREFIX + Keyring.CURRENT;

    private final Map<String, String> textById = new TreeMap<>();
    private final Optional<String> current;

    private KeyringSettings(Map<String, String> settings) {
        settings.forEach((name, value) -> textById.put(name, value.strip()));
        current = Optional.ofNullable(textById.remove(Keyring.CURRENT)).filter(id -> !id.isEmpty());
    }

    static KeyringSettings of(KeyringConfig config) {
        return new KeyringSettings(config.settings());
    }

    /** The settings in a configuration. The service reads them before it starts, so that it can print one line for each fault. */
    public static KeyringSettings of(Config config) {
        return new KeyringSettings(settings(config));
    }

    static Map<String, String> settings(Config config) {
        var settings = new TreeMap<String, String>();
        StreamSupport.stream(config.getPropertyNames().spliterator(), false)
                .filter(name -> name.startsWith(PREFIX))
                .forEach(name -> settings.put(name.substring(PREFIX.length()), config.getOptionalValue(name, String.class).orElse("")));
        return settings;
    }

    /** One line for each fault. It names the setting. */
    public List<String> faults() {
        var faults = new ArrayList<String>();
        textById.forEach((id, text) -> {
            if (!ID.matcher(id).matches()) {
                faults.add(PREFIX + id + ": the id must have 1 to 32 characters of A-Z, a-z, 0-9, _ and -");
            } else if (decoded(text).isEmpty()) {
                faults.add(PREFIX + id + " must be 32 bytes in Base64, for example from openssl rand -base64 32");
            }
        });
        if (current.isEmpty() && !textById.isEmpty()) {
            faults.add(CURRENT + " is missing: it must be the id of the key for what is made from now on, one of "
                    + String.join(", ", textById.keySet()));
        }
        current.filter(id -> !textById.containsKey(id)).ifPresent(id -> faults.add(unknown(id)));
        return faults;
    }

    /** Repeats the value only if it can be an id. Somebody may have set it to a key. */
    private static String unknown(String id) {
        return ID.matcher(id).matches()
                ? "%s is %s, but there is no %s%s".formatted(CURRENT, id, PREFIX, id)
                : CURRENT + " must be the id of a key: 1 to 32 characters of A-Z, a-z, 0-9, _ and -";
    }

    /** The keys by id. Call it only if there are no faults. */
    Map<String, byte[]> keys() {
        var keys = new TreeMap<String, byte[]>();
        textById.forEach((id, text) -> keys.put(id, decoded(text).orElseThrow()));
        return keys;
    }

    private static Optional<byte[]> decoded(String text) {
        try {
            return Optional.of(Base64.getDecoder().decode(text)).filter(bytes -> bytes.length == KEY_BYTES);
        } catch (IllegalArgumentException _) {
            // The message of the exception could contain a part of the key.
            return Optional.empty();
        }
    }

    /** Whether there is a current key, be it valid or not. */
    public boolean hasCurrent() {
        return current.isPresent();
    }

    /** The id of the current key; empty if no key is configured. */
    Optional<String> current() {
        return current;
    }
}

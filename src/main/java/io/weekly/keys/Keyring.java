package io.weekly.keys;

import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;
import org.eclipse.microprofile.config.Config;

/**
 * The keys of {@code weekly.keys.*}. Nobody uses such a key itself: each use has a key that is derived from it with HKDF-SHA256 (RFC 5869).
 * A thing that was made with a key stores the id of that key, so it can be read after another key has become the current one.
 */
@ApplicationScoped
public class Keyring {

    /** The name of the setting that says which key is the current one. No key can have this id. */
    public static final String CURRENT = "current";
    /** Part of each derivation, so that the same 32 bytes give other keys in another product. */
    private static final String CONTEXT = "weekly-reports ";

    private final Map<String, Map<KeyPurpose, SecretKey>> derivedById = new TreeMap<>();
    private final Optional<String> current;

    Keyring(KeyringConfig config) {
        var settings = KeyringSettings.of(config);
        var faults = settings.faults();
        if (!faults.isEmpty()) {
            throw new IllegalArgumentException(String.join("; ", faults));
        }
        settings.keys().forEach((id, key) -> derivedById.put(id, derive(key)));
        current = settings.current();
    }

    /** The keyring of a configuration, for commands that run without the service. Fails as the service does if a setting is wrong. */
    public static Keyring of(Config config) {
        return new Keyring(() -> KeyringSettings.settings(config));
    }

    /** Creates this bean at the start, so that the service does not start with invalid keys. */
    void check(@Observes StartupEvent event) {}

    private static Map<KeyPurpose, SecretKey> derive(byte[] key) {
        var derived = new EnumMap<KeyPurpose, SecretKey>(KeyPurpose.class);
        for (var purpose : KeyPurpose.values()) {
            derived.put(purpose, new SecretKeySpec(Hkdf.derive(key, CONTEXT + purpose.label()), purpose.algorithm()));
        }
        return derived;
    }

    /** The id of the key for what is made from now on. Empty if no key is configured. */
    public Optional<String> current() {
        return current;
    }

    /** The ids of all configured keys. */
    public Set<String> ids() {
        return new TreeSet<>(derivedById.keySet());
    }

    /** The key for a purpose that is derived from the key with this id. Empty if that key is not configured. */
    public Optional<SecretKey> find(String id, KeyPurpose purpose) {
        return Optional.ofNullable(derivedById.get(id)).map(derived -> Objects.requireNonNull(derived.get(purpose)));
    }
}

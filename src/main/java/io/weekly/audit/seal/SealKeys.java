package io.weekly.audit.seal;

import io.quarkus.runtime.StartupEvent;
import io.weekly.keys.KeyPurpose;
import io.weekly.keys.Keyring;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.security.PublicKey;
import java.util.Arrays;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The keys of seals: the public keys that are trusted, and the key that signs. A public key is trusted if it comes from the keyring or from
 * {@code weekly.audit.public-keys}. The database has no part in that.
 */
@Singleton
final class SealKeys {

    private final Keyring keyring;
    private final Map<String, byte[]> bytesById = new TreeMap<>();
    private final Map<String, PublicKey> keyById = new TreeMap<>();

    @Inject
    SealKeys(Keyring keyring, SealConfig config) {
        this(keyring, config.publicKeys());
    }

    /** Creates this bean at the start, so that the service does not start with invalid keys. */
    void check(@Observes StartupEvent event) {}

    /**
     * @param publicKeys 32 bytes in Base64 by the id of the key
     * @throws IllegalArgumentException if a key is not 32 bytes in Base64, or is another one than that of the keyring
     */
    SealKeys(Keyring keyring, Map<String, String> publicKeys) {
        this.keyring = keyring;
        keyring.ids().forEach(id -> bytesById.put(id, Ed25519.publicKey(seed(id).orElseThrow())));
        publicKeys.forEach((id, text) -> add(id, decoded(id, text)));
        bytesById.forEach((id, key) -> keyById.put(id, Ed25519.publicKeyOf(key)));
    }

    private Optional<byte[]> seed(String id) {
        return keyring.find(id, KeyPurpose.SEAL).map(key -> key.getEncoded());
    }

    private static byte[] decoded(String id, String text) {
        try {
            var key = Base64.getDecoder().decode(text.strip());
            if (key.length == Ed25519.KEY_BYTES) {
                return key;
            }
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(unusable(id), e);
        }
        throw new IllegalArgumentException(unusable(id));
    }

    private static String unusable(String id) {
        return "the public key %s (%s.public-keys.%s) must be 32 bytes in Base64".formatted(id, SealConfig.PREFIX, id);
    }

    private void add(String id, byte[] key) {
        var known = bytesById.putIfAbsent(id, key);
        if (known != null && !Arrays.equals(known, key)) {
            throw new IllegalArgumentException(
                    "the public key %s (%s.public-keys.%s) is not the one that belongs to weekly.keys.%s".formatted(
                            id, SealConfig.PREFIX, id, id));
        }
    }

    /** The id of the key that signs; empty if the keyring has no key. */
    Optional<String> current() {
        return keyring.current();
    }

    /** Signs the seal with the key that it names. */
    Seal sign(Seal seal) {
        var seed = seed(seal.keyId()).orElseThrow(() -> new IllegalStateException("the keyring has no key " + seal.keyId()));
        return seal.signed(Base64.getEncoder().encodeToString(Ed25519.sign(Ed25519.privateKey(seed), seal.statement())));
    }

    /** Whether there is a public key for the seal. */
    boolean knows(String keyId) {
        return keyById.containsKey(keyId);
    }

    /** Whether the key that the seal names has signed it. False if the key is not known. */
    boolean isSigned(Seal seal) {
        var key = keyById.get(seal.keyId());
        return key != null && decoded(seal.signature()).filter(bytes -> Ed25519.verify(key, seal.statement(), bytes)).isPresent();
    }

    /** Empty for a text that {@link #sign} does not make: Base64 has several texts for the same bytes. */
    private static Optional<byte[]> decoded(String signature) {
        try {
            return Optional.of(Base64.getDecoder().decode(signature))
                    .filter(bytes -> Base64.getEncoder().encodeToString(bytes).equals(signature));
        } catch (IllegalArgumentException _) {
            return Optional.empty();
        }
    }

    /** The public key in Base64; empty if it is not known. */
    Optional<String> publicKey(String keyId) {
        return Optional.ofNullable(bytesById.get(keyId)).map(Base64.getEncoder()::encodeToString);
    }
}

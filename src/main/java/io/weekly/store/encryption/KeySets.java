package io.weekly.store.encryption;

import com.google.crypto.tink.Aead;
import com.google.crypto.tink.KeysetHandle;
import com.google.crypto.tink.RegistryConfiguration;
import com.google.crypto.tink.StreamingAead;
import com.google.crypto.tink.TinkProtoKeysetFormat;
import com.google.crypto.tink.streamingaead.PredefinedStreamingAeadParameters;
import com.google.crypto.tink.streamingaead.StreamingAeadConfig;
import com.google.crypto.tink.subtle.AesGcmJce;
import io.weekly.keys.KeyPurpose;
import io.weekly.keys.Keyring;
import io.weekly.keys.MissingKeyException;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.Optional;

/**
 * Makes the key sets of tenants (Google Tink, AES256_GCM_HKDF_4KB), wraps them with the keyring (AES-256-GCM), and unwraps them. The number
 * of the tenant is the associated data, so a key set that was copied to another tenant is refused.
 */
@ApplicationScoped
class KeySets {

    private final Keyring keyring;

    KeySets(Keyring keyring) {
        this.keyring = keyring;
        try {
            StreamingAeadConfig.register();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Tink cannot be used", e);
        }
    }

    /** The key that wraps key sets now; empty if there is none. */
    Optional<String> currentKey() {
        return keyring.current();
    }

    /** A new key set for the tenant, wrapped with the current key. */
    WrappedKeySet create(int tenantId) {
        try {
            var key = KeysetHandle.generateEntryFromParameters(PredefinedStreamingAeadParameters.AES256_GCM_HKDF_4KB);
            return wrap(tenantId, KeysetHandle.newBuilder().addEntry(key.withRandomId().makePrimary()).build());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("a key set could not be made", e);
        }
    }

    /** The same key set, wrapped with the current key. Fails like {@link #unwrap}. */
    WrappedKeySet wrapAnew(WrappedKeySet keySet) {
        return wrap(keySet.tenantId(), handle(keySet));
    }

    private WrappedKeySet wrap(int tenantId, KeysetHandle handle) {
        var keyId = keyring.current().orElseThrow(() -> new IllegalStateException("weekly.keys.current names no key"));
        try {
            var wrapped = TinkProtoKeysetFormat.serializeEncryptedKeyset(handle, wrapping(tenantId, keyId), associatedData(tenantId));
            return new WrappedKeySet(tenantId, keyId, Base64.getEncoder().encodeToString(wrapped));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("the key set could not be wrapped", e);
        }
    }

    /**
     * The key of the tenant.
     *
     * @throws MissingKeyException if the wrapping key is not configured
     * @throws IllegalStateException if the wrapping key is another one than at that time, or if the row was changed
     */
    FileKey unwrap(WrappedKeySet keySet) {
        try {
            return new FileKey(handle(keySet).getPrimitive(RegistryConfiguration.get(), StreamingAead.class));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("the file keys of tenant %d cannot be used".formatted(keySet.tenantId()), e);
        }
    }

    private KeysetHandle handle(WrappedKeySet keySet) {
        var tenantId = keySet.tenantId();
        var aead = wrapping(tenantId, keySet.keyId());
        try {
            return TinkProtoKeysetFormat.parseEncryptedKeyset(
                    Base64.getDecoder().decode(keySet.text()), aead, associatedData(tenantId));
        } catch (GeneralSecurityException | IllegalArgumentException _) {
            throw new IllegalStateException(
                    "the file keys of tenant %d cannot be unwrapped with weekly.keys.%s: it is another key, or the row was changed"
                            .formatted(tenantId, keySet.keyId()));
        }
    }

    private Aead wrapping(int tenantId, String keyId) {
        var key = keyring.find(keyId, KeyPurpose.FILE_KEYS).orElseThrow(
                () -> new MissingKeyException(keyId, "the file keys of tenant %d were wrapped".formatted(tenantId)));
        try {
            return new AesGcmJce(key.getEncoded());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("weekly.keys.%s cannot wrap file keys".formatted(keyId), e);
        }
    }

    private static byte[] associatedData(int tenantId) {
        return Integer.toString(tenantId).getBytes(StandardCharsets.US_ASCII);
    }
}

package io.weekly.tenant;

import io.weekly.keys.KeyPurpose;
import io.weekly.keys.Keyring;
import io.weekly.keys.MissingKeyException;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import org.jspecify.annotations.Nullable;

/**
 * Encrypts and decrypts PDF passwords for the database: AES-256-GCM, {@code <key id>:<Base64 of nonce, text and tag>}. The owner (tenant
 * and user id) is the associated data of the encryption. So if a value is copied to another row, it cannot be decrypted there.
 */
@ApplicationScoped
public class Secrets {

    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;

    private final Keyring keyring;
    // Not static: a native image would contain the seed of a static instance.
    private final SecureRandom random = new SecureRandom();

    Secrets(Keyring keyring) {
        this.keyring = keyring;
    }

    /** Whether a key for encryption is configured. */
    public boolean canEncrypt() {
        return keyring.current().isPresent();
    }

    /** The owner of a password: a recipient, or a tenant if there is no user id. */
    public record Owner(int tenantId, Optional<String> userId) {

        private byte[] bytes() {
            var kind = userId.map(id -> "recipient " + id).orElse("tenant");
            return "pdf-password %d %s".formatted(tenantId, kind).getBytes(StandardCharsets.UTF_8);
        }
    }

    /** The value for the column: null to leave it as it is, "" to remove the password. */
    @Nullable String column(Owner owner, @Nullable PdfPassword password) {
        if (password == null) {
            return null;
        }
        return password.isRemoval() ? "" : encrypt(owner, password.reveal());
    }

    private String encrypt(Owner owner, String text) {
        var id = currentKey();
        var nonce = new byte[NONCE_BYTES];
        random.nextBytes(nonce);
        try {
            var encrypted = cipher(Cipher.ENCRYPT_MODE, key(id), owner, nonce).doFinal(text.getBytes(StandardCharsets.UTF_8));
            var both = ByteBuffer.allocate(nonce.length + encrypted.length).put(nonce).put(encrypted).array();
            return id + ":" + Base64.getEncoder().encodeToString(both);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this JDK has no AES-GCM", e);
        }
    }

    /** The id of the key for new passwords. Fails if there is none. */
    String currentKey() {
        return keyring.current().orElseThrow(() -> new IllegalStateException("weekly.keys.current names no key"));
    }

    private SecretKey key(String id) {
        return keyring.find(id, KeyPurpose.PDF_PASSWORD).orElseThrow(
                () -> new MissingKeyException(id, "the PDF password was encrypted"));
    }

    /**
     * The password.
     *
     * @throws MissingKeyException if its key is no longer configured
     * @throws IllegalStateException if it belongs to another owner
     */
    public String decrypt(Owner owner, String column) {
        int colon = column.indexOf(':');
        var id = column.substring(0, Math.max(colon, 0));
        var key = key(id);
        try {
            var both = Base64.getDecoder().decode(column.substring(colon + 1));
            var plain = cipher(Cipher.DECRYPT_MODE, key, owner, Arrays.copyOf(both, NONCE_BYTES))
                    .doFinal(both, NONCE_BYTES, both.length - NONCE_BYTES);
            return new String(plain, StandardCharsets.UTF_8);
        } catch (GeneralSecurityException | IllegalArgumentException | IndexOutOfBoundsException e) {
            throw new IllegalStateException(
                    "the PDF password cannot be decrypted with weekly.keys.%s: it is another key, or a password of another owner"
                            .formatted(id));
        }
    }

    /** The same password, encrypted with the current key. Fails like {@link #decrypt}. */
    String encryptAnew(Owner owner, String column) {
        return encrypt(owner, decrypt(owner, column));
    }

    private Cipher cipher(int mode, SecretKey key, Owner owner, byte[] nonce) throws GeneralSecurityException {
        var cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
        cipher.updateAAD(owner.bytes());
        return cipher;
    }

    /** A keyed hash of the password, to compare two requests with the same Idempotency-Key without storing a password. */
    public String fingerprint(PdfPassword password) {
        if (password.isRemoval()) {
            return "";
        }
        try {
            var mac = Mac.getInstance("HmacSHA256");
            mac.init(keyring.find(currentKey(), KeyPurpose.REQUEST_FINGERPRINT).orElseThrow());
            return HexFormat.of().formatHex(mac.doFinal(password.reveal().getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this JDK has no HMAC", e);
        }
    }
}

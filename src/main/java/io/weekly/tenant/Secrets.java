package io.weekly.tenant;

import io.weekly.keys.KeyPurpose;
import io.weekly.keys.Keyring;
import io.weekly.keys.MissingKeyException;
import io.weekly.keys.TextCipher;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import java.util.Optional;
import javax.crypto.Mac;
import org.jspecify.annotations.Nullable;

/**
 * Encrypts and decrypts PDF passwords for the database with a {@link TextCipher}. The owner is the tenant and user id. So if a value is
 * copied to another row, it cannot be decrypted there.
 */
@ApplicationScoped
public class Secrets {

    private final Keyring keyring;
    private final TextCipher cipher;

    Secrets(Keyring keyring) {
        this.keyring = keyring;
        this.cipher = new TextCipher(keyring, KeyPurpose.PDF_PASSWORD, "PDF password");
    }

    /** Whether a key for encryption is configured. */
    public boolean canEncrypt() {
        return keyring.current().isPresent();
    }

    /** The owner of a password: a recipient, or a tenant if there is no user id. */
    public record Owner(int tenantId, Optional<String> userId) {

        private String text() {
            return "pdf-password %d %s".formatted(tenantId, userId.map(id -> "recipient " + id).orElse("tenant"));
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
        return cipher.encrypt(owner.text(), text);
    }

    /** The id of the key for new passwords. Fails if there is none. */
    String currentKey() {
        return cipher.currentKey();
    }

    /**
     * The password.
     *
     * @throws MissingKeyException if its key is no longer configured
     * @throws IllegalStateException if it belongs to another owner
     */
    public String decrypt(Owner owner, String column) {
        return cipher.decrypt(owner.text(), column);
    }

    /** The same password, encrypted with the current key. Fails like {@link #decrypt}. */
    String encryptAnew(Owner owner, String column) {
        return cipher.encryptAnew(owner.text(), column);
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

package io.weekly.webhook;

import io.weekly.keys.KeyPurpose;
import io.weekly.keys.Keyring;
import io.weekly.keys.MissingKeyException;
import io.weekly.keys.TextCipher;
import jakarta.enterprise.context.ApplicationScoped;
import java.security.SecureRandom;

/** Makes, encrypts and decrypts the secrets of endpoints. A secret that is copied to another endpoint cannot be decrypted there. */
@ApplicationScoped
public class WebhookSecrets {

    private final Keyring keyring;
    private final TextCipher cipher;
    // Not static: a native image would contain the seed of a static instance.
    private final SecureRandom random = new SecureRandom();

    WebhookSecrets(Keyring keyring) {
        this.keyring = keyring;
        this.cipher = new TextCipher(keyring, KeyPurpose.WEBHOOK_SECRET, "secret of a webhook");
    }

    /** Whether a key for encryption is configured. Without one there are no webhooks. */
    public boolean canEncrypt() {
        return keyring.current().isPresent();
    }

    /** A new secret. */
    public WebhookSecret random() {
        return WebhookSecret.random(random);
    }

    String encrypt(int tenantId, String webhookId, WebhookSecret secret) {
        return cipher.encrypt(owner(tenantId, webhookId), secret.reveal());
    }

    private static String owner(int tenantId, String webhookId) {
        return "webhook-secret %d %s".formatted(tenantId, webhookId);
    }

    /**
     * The secret.
     *
     * @throws MissingKeyException if its key is no longer configured
     * @throws IllegalStateException if it belongs to another endpoint
     */
    WebhookSecret decrypt(int tenantId, String webhookId, String column) {
        return WebhookSecret.of(cipher.decrypt(owner(tenantId, webhookId), column));
    }

    /** The id of the key for new secrets. Fails if there is none. */
    String currentKey() {
        return cipher.currentKey();
    }

    /** The same secret, encrypted with the current key. Fails like {@link #decrypt}. */
    String encryptAnew(int tenantId, String webhookId, String column) {
        return cipher.encryptAnew(owner(tenantId, webhookId), column);
    }
}

package io.weekly.tenant;

import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * Encrypts and decrypts PDF passwords for the database: AES-256-GCM, {@code <key id>:<Base64 of nonce, text and tag>}. The owner (tenant
 * and user id) is the associated data of the encryption. So if a value is copied to another row, it cannot be decrypted there.
 */
@ApplicationScoped
public class Secrets {

    private static final Pattern KEY_ID = Pattern.compile("[A-Za-z0-9_-]{1,32}");
    private static final int KEY_BYTES = 32;
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;

    private final Map<String, SecretKeySpec> keys = new TreeMap<>();
    private final Optional<String> current;
    // Not static: a native image would contain the seed of a static instance.
    private final SecureRandom random = new SecureRandom();

    Secrets(SecretsConfig config) {
        config.keys().forEach((id, key) -> keys.put(id, key(id, key)));
        current = config.current();
        current.filter(id -> !keys.containsKey(id)).ifPresent(id -> {
            throw new IllegalArgumentException("weekly.secrets.current is %s, but there is no weekly.secrets.keys.%s".formatted(id, id));
        });
    }

    /** Creates this bean at the start, so that the service does not start with invalid keys. */
    void check(@Observes StartupEvent event) {}

    private static SecretKeySpec key(String id, String text) {
        var name = "weekly.secrets.keys." + id;
        if (!KEY_ID.matcher(id).matches()) {
            throw new IllegalArgumentException(name + ": the id must have 1 to 32 characters of A-Z, a-z, 0-9, _ and -");
        }
        try {
            var bytes = Base64.getDecoder().decode(text.strip());
            if (bytes.length == KEY_BYTES) {
                return new SecretKeySpec(bytes, "AES");
            }
        } catch (IllegalArgumentException _) {
            // The exception below does not contain the key.
        }
        throw new IllegalArgumentException(name + " must be 32 bytes in Base64, for example from openssl rand -base64 32");
    }

    /** Whether a key for encryption is configured. */
    public boolean canEncrypt() {
        return current.isPresent();
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
        var id = current.orElseThrow(() -> new IllegalStateException("weekly.secrets.current names no key"));
        var nonce = new byte[NONCE_BYTES];
        random.nextBytes(nonce);
        try {
            var encrypted = cipher(Cipher.ENCRYPT_MODE, id, owner, nonce).doFinal(text.getBytes(StandardCharsets.UTF_8));
            var both = ByteBuffer.allocate(nonce.length + encrypted.length).put(nonce).put(encrypted).array();
            return id + ":" + Base64.getEncoder().encodeToString(both);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this JDK has no AES-GCM", e);
        }
    }

    /**
     * The password.
     *
     * @throws IllegalStateException if its key is no longer configured, or if it belongs to another owner
     */
    public String decrypt(Owner owner, String column) {
        int colon = column.indexOf(':');
        var id = column.substring(0, Math.max(colon, 0));
        if (!keys.containsKey(id)) {
            throw new IllegalStateException(
                    "the PDF password was encrypted with weekly.secrets.keys.%s, which is not configured".formatted(id));
        }
        try {
            var both = Base64.getDecoder().decode(column.substring(colon + 1));
            var plain = cipher(Cipher.DECRYPT_MODE, id, owner, Arrays.copyOf(both, NONCE_BYTES))
                    .doFinal(both, NONCE_BYTES, both.length - NONCE_BYTES);
            return new String(plain, StandardCharsets.UTF_8);
        } catch (GeneralSecurityException | IllegalArgumentException | IndexOutOfBoundsException e) {
            throw new IllegalStateException(
                    "the PDF password cannot be decrypted with weekly.secrets.keys.%s: it is another key, or a password of another owner"
                            .formatted(id));
        }
    }

    private Cipher cipher(int mode, String id, Owner owner, byte[] nonce) throws GeneralSecurityException {
        var cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(mode, keys.get(id), new GCMParameterSpec(TAG_BITS, nonce));
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
            var key = Objects.requireNonNull(keys.get(current.orElseThrow()), "checked by the constructor");
            mac.init(new SecretKeySpec(key.getEncoded(), "HmacSHA256"));
            return HexFormat.of().formatHex(mac.doFinal(password.reveal().getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this JDK has no HMAC", e);
        }
    }
}

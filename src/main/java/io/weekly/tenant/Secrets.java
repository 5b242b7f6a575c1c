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
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * The passwords of PDFs as the database has them: AES-256-GCM, {@code <key id>:<Base64 of nonce, text and tag>}. Whose it is goes in as
 * associated data, so that one that is copied into another row cannot be opened there.
 */
@ApplicationScoped
public class Secrets {

    private static final Pattern KEY_ID = Pattern.compile("[A-Za-z0-9_-]{1,32}");
    private static final int KEY_BYTES = 32;
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;

    private final Map<String, SecretKeySpec> keys = new TreeMap<>();
    private final Optional<String> current;
    // In the instance: a native image would keep the seed of a static one.
    private final SecureRandom random = new SecureRandom();

    Secrets(SecretsConfig config) {
        config.keys().forEach((id, key) -> keys.put(id, key(id, key)));
        current = config.current();
        current.filter(id -> !keys.containsKey(id)).ifPresent(id -> {
            throw new IllegalArgumentException("weekly.secrets.current is %s, and there is no weekly.secrets.keys.%s".formatted(id, id));
        });
    }

    /** Made at start, so that what is wrong with the keys stops it. */
    void check(@Observes StartupEvent started) {}

    private static SecretKeySpec key(String id, String text) {
        var name = "weekly.secrets.keys." + id;
        if (!KEY_ID.matcher(id).matches()) {
            throw new IllegalArgumentException(name + ": an id has 1 to 32 letters, digits, _ and -");
        }
        try {
            var bytes = Base64.getDecoder().decode(text.strip());
            if (bytes.length == KEY_BYTES) {
                return new SecretKeySpec(bytes, "AES");
            }
        } catch (IllegalArgumentException _) {
            // Told below, without the value.
        }
        throw new IllegalArgumentException(name + " must be 32 bytes as Base64, such as openssl rand -base64 32 makes");
    }

    /** Whether there is a key to encrypt with. */
    public boolean canEncrypt() {
        return current.isPresent();
    }

    /** Whose password it is. */
    public record Owner(int tenantId, Optional<String> userId) {

        private byte[] bytes() {
            var kind = userId.map(id -> "recipient " + id).orElse("tenant");
            return "pdf-password %d %s".formatted(tenantId, kind).getBytes(StandardCharsets.UTF_8);
        }
    }

    /** What the database is given: null where a request says nothing of a password, and "" where there is to be none. */
    String column(Owner owner, PdfPassword password) {
        if (password == null) {
            return null;
        }
        return password.isNone() ? "" : encrypt(owner, password.reveal());
    }

    private String encrypt(Owner owner, String text) {
        var id = current.orElseThrow(() -> new IllegalStateException("weekly.secrets.current names no key"));
        var nonce = new byte[NONCE_BYTES];
        random.nextBytes(nonce);
        try {
            var sealed = cipher(Cipher.ENCRYPT_MODE, id, owner, nonce).doFinal(text.getBytes(StandardCharsets.UTF_8));
            var both = ByteBuffer.allocate(nonce.length + sealed.length).put(nonce).put(sealed).array();
            return id + ":" + Base64.getEncoder().encodeToString(both);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this JDK has no AES-GCM", e);
        }
    }

    /**
     * What it was.
     *
     * @throws IllegalStateException where its key is not configured any more, or it is not this owner's
     */
    public String decrypt(Owner owner, String kept) {
        int colon = kept.indexOf(':');
        var id = kept.substring(0, Math.max(colon, 0));
        if (!keys.containsKey(id)) {
            throw new IllegalStateException("the PDF's password is under the key weekly.secrets.keys.%s, which is not there".formatted(id));
        }
        try {
            var both = Base64.getDecoder().decode(kept.substring(colon + 1));
            var plain = cipher(Cipher.DECRYPT_MODE, id, owner, Arrays.copyOf(both, NONCE_BYTES))
                    .doFinal(both, NONCE_BYTES, both.length - NONCE_BYTES);
            return new String(plain, StandardCharsets.UTF_8);
        } catch (GeneralSecurityException | IllegalArgumentException | IndexOutOfBoundsException e) {
            throw new IllegalStateException(
                    "the PDF's password cannot be read with weekly.secrets.keys.%s: another key, or another's password".formatted(id));
        }
    }

    private Cipher cipher(int mode, String id, Owner owner, byte[] nonce) throws GeneralSecurityException {
        var cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(mode, keys.get(id), new GCMParameterSpec(TAG_BITS, nonce));
        cipher.updateAAD(owner.bytes());
        return cipher;
    }

    /** Tells two passwords apart without telling either: what an Idempotency-Key stands for. */
    public String fingerprint(PdfPassword password) {
        if (password.isNone()) {
            return "";
        }
        try {
            var mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(keys.get(current.orElseThrow()).getEncoded(), "HmacSHA256"));
            return HexFormat.of().formatHex(mac.doFinal(password.reveal().getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this JDK has no HMAC", e);
        }
    }
}

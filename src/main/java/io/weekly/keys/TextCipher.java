package io.weekly.keys;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;

/**
 * Encrypts short texts for columns of the database: AES-256-GCM, {@code <key id>:<Base64 of nonce, text and tag>}. The owner of a text is
 * the associated data of the encryption. So if a value is copied to another row, it cannot be decrypted there.
 */
public final class TextCipher {

    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;

    private final Keyring keyring;
    private final KeyPurpose purpose;
    private final String thing;
    // Not static: a native image would contain the seed of a static instance.
    private final SecureRandom random = new SecureRandom();

    /**
     * @param purpose one with AES keys
     * @param thing what is encrypted, for messages: {@code PDF password}
     */
    public TextCipher(Keyring keyring, KeyPurpose purpose, String thing) {
        this.keyring = keyring;
        this.purpose = purpose;
        this.thing = thing;
    }

    /**
     * The value for the column. Fails if there is no current key.
     *
     * @param owner says whose text it is; {@link #decrypt} needs the same
     */
    public String encrypt(String owner, String text) {
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

    /** The id of the key for new texts. Fails if there is none. */
    public String currentKey() {
        return keyring.current().orElseThrow(() -> new IllegalStateException("weekly.keys.current names no key"));
    }

    private SecretKey key(String id) {
        return keyring.find(id, purpose).orElseThrow(() -> new MissingKeyException(id, "the %s was encrypted".formatted(thing)));
    }

    /**
     * The text.
     *
     * @throws MissingKeyException if its key is no longer configured
     * @throws IllegalStateException if it belongs to another owner
     */
    public String decrypt(String owner, String column) {
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
                    "the %s cannot be decrypted with weekly.keys.%s: it is another key, or a %s of another owner"
                            .formatted(thing, id, thing));
        }
    }

    /** The same text, encrypted with the current key. Fails like {@link #decrypt}. */
    public String encryptAnew(String owner, String column) {
        return encrypt(owner, decrypt(owner, column));
    }

    private static Cipher cipher(int mode, SecretKey key, String owner, byte[] nonce) throws GeneralSecurityException {
        var cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
        cipher.updateAAD(owner.getBytes(StandardCharsets.UTF_8));
        return cipher;
    }
}

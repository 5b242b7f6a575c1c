package io.weekly.keys;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * HKDF with SHA-256 (RFC 5869), without a salt and for 32 bytes: so one block of the expansion is enough. The JDK has {@code
 * javax.crypto.KDF}, but in a native image it finds no provider (tried with GraalVM 25.0.2).
 */
final class Hkdf {

    private static final String HMAC = "HmacSHA256";
    private static final int HASH_BYTES = 32;

    private Hkdf() {}

    /** 32 bytes for this use of the key. */
    static byte[] derive(byte[] key, String info) {
        // Section 2.2: without a salt, it is as many zeros as the hash has bytes.
        var pseudorandomKey = hmac(new byte[HASH_BYTES], key);
        // Section 2.3: the first block, T(1) = HMAC(PRK, info | 0x01).
        var context = info.getBytes(StandardCharsets.US_ASCII);
        var block = Arrays.copyOf(context, context.length + 1);
        block[context.length] = 1;
        return hmac(pseudorandomKey, block);
    }

    private static byte[] hmac(byte[] key, byte[] message) {
        try {
            var mac = Mac.getInstance(HMAC);
            mac.init(new SecretKeySpec(key, HMAC));
            return mac.doFinal(message);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this JDK has no HMAC-SHA256", e);
        }
    }
}

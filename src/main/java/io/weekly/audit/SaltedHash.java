package io.weekly.audit;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;

/**
 * The hash of a few fields and a salt. Whoever has the hash and not the salt cannot try out which fields it is of. Before each field there
 * is its length, so different fields never have the same bytes.
 */
final class SaltedHash {

    private static final int SALT_BYTES = 16;

    private final MessageDigest digest = Sha256.digest();

    private SaltedHash() {}

    /** @param random not a static one: a native image would have the same salts at each start */
    static byte[] newSalt(SecureRandom random) {
        var salt = new byte[SALT_BYTES];
        random.nextBytes(salt);
        return salt;
    }

    static SaltedHash of(byte[] salt) {
        return new SaltedHash().with(salt);
    }

    SaltedHash with(byte[] field) {
        digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(field.length).array());
        digest.update(field);
        return this;
    }

    SaltedHash with(int field) {
        return with(ByteBuffer.allocate(Integer.BYTES).putInt(field).array());
    }

    SaltedHash with(String field) {
        return with(field.getBytes(StandardCharsets.UTF_8));
    }

    /** The first bytes of the hash. */
    byte[] first(int bytes) {
        return Arrays.copyOf(digest.digest(), bytes);
    }
}

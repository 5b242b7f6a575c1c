package io.weekly.audit;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A text of the table {@code audit_text}. Its id is a hash of it, so a text that was changed does not belong to its id any more.
 *
 * @param tenantId {@link KnownPerson#NO_TENANT} if its event belongs to no tenant
 * @param person whom it is about, as in {@link PersonalText}, with a pseudonym in the place of the id of a user
 */
record StoredText(int tenantId, @Nullable String person, String text) {

    private static final int HASH_BYTES = 28;
    /** 32 bytes in Base64. */
    private static final Pattern ID = Pattern.compile("[A-Za-z0-9_-]{43}");

    /**
     * The id: four bytes with the time, so that new rows are side by side in the table, and 28 bytes of the hash.
     *
     * @param at when the text was stored; only its seconds count
     */
    byte[] id(Instant at, byte[] salt) {
        return id((int) at.getEpochSecond(), salt);
    }

    private byte[] id(int seconds, byte[] salt) {
        var hash = SaltedHash.of(salt).with(tenantId).with(person == null ? "" : person).with(text).first(HASH_BYTES);
        return ByteBuffer.allocate(Integer.BYTES + HASH_BYTES).putInt(seconds).put(hash).array();
    }

    /** Whether this is the text that got this id. */
    boolean hasId(byte[] id, byte[] salt) {
        return MessageDigest.isEqual(id, id(ByteBuffer.wrap(id).getInt(), salt));
    }

    /** The id as events have it. */
    static String toText(byte[] id) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(id);
    }

    /** The id that an event has; empty if the text is none. */
    static Optional<byte[]> parse(String id) {
        return ID.matcher(id).matches() ? Optional.of(Base64.getUrlDecoder().decode(id)) : Optional.empty();
    }
}

package io.weekly.audit.seal;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Fields one after the other, each with its length, so that different fields never give the same bytes. A field is the byte 1, its length
 * as 4 bytes and its bytes; null is the byte 0. Texts are UTF-8, and numbers have 8 bytes. Integers have their highest byte first.
 */
final class CanonicalBytes {

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream(256);

    CanonicalBytes text(@Nullable String value) {
        return value == null ? absent() : field(value.getBytes(StandardCharsets.UTF_8));
    }

    CanonicalBytes number(@Nullable Number value) {
        return value == null ? absent() : field(ByteBuffer.allocate(Long.BYTES).putLong(value.longValue()).array());
    }

    private CanonicalBytes absent() {
        bytes.write(0);
        return this;
    }

    private CanonicalBytes field(byte[] value) {
        bytes.write(1);
        bytes.writeBytes(ByteBuffer.allocate(Integer.BYTES).putInt(value.length).array());
        bytes.writeBytes(value);
        return this;
    }

    byte[] toByteArray() {
        return bytes.toByteArray();
    }
}

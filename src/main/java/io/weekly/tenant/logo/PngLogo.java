package io.weekly.tenant.logo;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.zip.CRC32;

/** Checks the chunks of a PNG (W3C PNG, sections 5 and 11): complete, in order, each with its checksum, and nothing after the last. */
final class PngLogo {

    private static final byte[] SIGNATURE = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'};
    /** The critical chunks of the standard. An image with another critical chunk cannot be shown. */
    private static final Set<String> CRITICAL = Set.of("IHDR", "PLTE", "IDAT", "IEND");
    private static final int CHUNK_OVERHEAD = 12;

    private PngLogo() {}

    static boolean matches(byte[] bytes) {
        return bytes.length >= SIGNATURE.length && Arrays.equals(bytes, 0, SIGNATURE.length, SIGNATURE, 0, SIGNATURE.length);
    }

    static Optional<String> fault(byte[] bytes) {
        var at = SIGNATURE.length;
        var hasData = false;
        for (var first = true; at < bytes.length; first = false) {
            if (bytes.length - at < CHUNK_OVERHEAD) {
                return Optional.of("breaks off");
            }
            var length = ByteBuffer.wrap(bytes).getInt(at);
            var type = new String(bytes, at + 4, 4, StandardCharsets.ISO_8859_1);
            if (length < 0 || length > bytes.length - at - CHUNK_OVERHEAD) {
                return Optional.of("breaks off");
            }
            if (!type.matches("[A-Za-z]{4}") || Character.isUpperCase(type.charAt(0)) && !CRITICAL.contains(type)) {
                return Optional.of("has an unknown critical chunk");
            }
            if (checksum(bytes, at + 4, length + 4) != ByteBuffer.wrap(bytes).getInt(at + 8 + length)) {
                return Optional.of("is damaged: the checksum of its %s is wrong".formatted(type));
            }
            if (type.equals("acTL")) {
                return Optional.of("is animated; a logo must be a still image");
            }
            if (first != type.equals("IHDR")) {
                return Optional.of("must have exactly one IHDR, as its first chunk");
            }
            if (first) {
                var fault = headerFault(ByteBuffer.wrap(bytes, at + 8, length));
                if (fault.isPresent()) {
                    return fault;
                }
            }
            hasData |= type.equals("IDAT");
            at += CHUNK_OVERHEAD + length;
            if (type.equals("IEND")) {
                return end(hasData, bytes.length - at);
            }
        }
        return Optional.of("breaks off");
    }

    private static int checksum(byte[] bytes, int from, int length) {
        var checksum = new CRC32();
        checksum.update(bytes, from, length);
        return (int) checksum.getValue();
    }

    private static Optional<String> headerFault(ByteBuffer header) {
        if (header.remaining() != 13) {
            return Optional.of("has an IHDR of the wrong length");
        }
        return Logo.sizeFault(header.getInt(), header.getInt());
    }

    private static Optional<String> end(boolean hasData, int extraBytes) {
        if (!hasData) {
            return Optional.of("has no pixels");
        }
        return extraBytes == 0 ? Optional.empty() : Optional.of("has %d bytes after its end".formatted(extraBytes));
    }
}

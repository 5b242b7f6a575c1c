package io.weekly.tenant.logo;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.zip.CRC32;

/** Reads a PNG's chunks (W3C PNG, sections 5 and 11): whole, in order, each with its checksum, and nothing behind the last. */
final class PngLogo {

    private static final byte[] SIGNATURE = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'};
    /** Those without which it cannot be shown; of any other that says so of itself nobody here knows what it means. */
    private static final Set<String> CRITICAL = Set.of("IHDR", "PLTE", "IDAT", "IEND");
    private static final int AROUND_DATA = 12;

    private PngLogo() {}

    static boolean begins(byte[] bytes) {
        return bytes.length >= SIGNATURE.length && Arrays.equals(bytes, 0, SIGNATURE.length, SIGNATURE, 0, SIGNATURE.length);
    }

    static Optional<String> fault(byte[] bytes) {
        var at = SIGNATURE.length;
        var hasData = false;
        for (var first = true; at < bytes.length; first = false) {
            if (bytes.length - at < AROUND_DATA) {
                return Optional.of("breaks off");
            }
            var length = ByteBuffer.wrap(bytes).getInt(at);
            var type = new String(bytes, at + 4, 4, StandardCharsets.ISO_8859_1);
            if (length < 0 || length > bytes.length - at - AROUND_DATA) {
                return Optional.of("breaks off");
            }
            if (!type.matches("[A-Za-z]{4}") || Character.isUpperCase(type.charAt(0)) && !CRITICAL.contains(type)) {
                return Optional.of("has a chunk that no PNG has");
            }
            if (checksum(bytes, at + 4, length + 4) != ByteBuffer.wrap(bytes).getInt(at + 8 + length)) {
                return Optional.of("is damaged: the checksum of its %s is wrong".formatted(type));
            }
            if (first != type.equals("IHDR")) {
                return Optional.of("must have one IHDR, and begin with it");
            }
            if (first) {
                var fault = headerFault(ByteBuffer.wrap(bytes, at + 8, length));
                if (fault.isPresent()) {
                    return fault;
                }
            }
            hasData |= type.equals("IDAT");
            at += AROUND_DATA + length;
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
            return Optional.of("has an IHDR of a wrong length");
        }
        return Logo.sizeFault(header.getInt(), header.getInt());
    }

    private static Optional<String> end(boolean hasData, int bytesBehind) {
        if (!hasData) {
            return Optional.of("has no pixels");
        }
        return bytesBehind == 0 ? Optional.empty() : Optional.of("has %d bytes behind its end".formatted(bytesBehind));
    }
}

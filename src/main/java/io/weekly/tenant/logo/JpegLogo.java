package io.weekly.tenant.logo;

import java.util.Optional;

/** Walks a JPEG's segments (ITU T.81, annex B) from its start to its end; nothing may be behind it. */
final class JpegLogo {

    private static final int START = 0xd8;
    private static final int END = 0xd9;
    private static final int SCAN = 0xda;
    /** Baseline, extended and progressive: what every reader can show. */
    private static final int FIRST_FRAME = 0xc0;
    private static final int LAST_FRAME = 0xc2;

    private JpegLogo() {}

    static boolean begins(byte[] bytes) {
        return bytes.length >= 3 && at(bytes, 0) == 0xff && at(bytes, 1) == START && at(bytes, 2) == 0xff;
    }

    static Optional<String> fault(byte[] bytes) {
        var hasFrame = false;
        var hasScan = false;
        for (var at = 2; at + 1 < bytes.length; ) {
            if (at(bytes, at) != 0xff) {
                return Optional.of("is damaged: there is no marker at byte " + at);
            }
            var marker = at(bytes, at + 1);
            if (marker == 0xff) {
                at++;
                continue;
            }
            if (marker == END) {
                return end(hasScan, bytes.length - at - 2);
            }
            var length = at + 3 < bytes.length ? at(bytes, at + 2) << 8 | at(bytes, at + 3) : 0;
            if (marker < FIRST_FRAME || marker >= 0xd0 && marker <= START || length < 2 || length > bytes.length - at - 2) {
                return Optional.of("is damaged or breaks off at byte " + at);
            }
            if (isFrame(marker)) {
                var fault = hasFrame ? Optional.of("has two frames") : frameFault(bytes, at, marker, length);
                if (fault.isPresent()) {
                    return fault;
                }
                hasFrame = true;
            }
            at += 2 + length;
            if (marker == SCAN) {
                if (!hasFrame) {
                    return Optional.of("has pixels before it says how many");
                }
                hasScan = true;
                at = behindScan(bytes, at);
            }
        }
        return Optional.of("breaks off");
    }

    private static boolean isFrame(int marker) {
        // Between the frames' numbers are those of the Huffman tables, an extension and the arithmetic conditioning.
        return marker >= FIRST_FRAME && marker <= 0xcf && marker != 0xc4 && marker != 0xc8 && marker != 0xcc;
    }

    private static Optional<String> frameFault(byte[] bytes, int at, int marker, int length) {
        if (marker > LAST_FRAME) {
            return Optional.of("is of a rare kind (lossless, hierarchical or arithmetic) that cannot be shown");
        }
        if (length < 8) {
            return Optional.of("has a frame of a wrong length");
        }
        return Logo.sizeFault(at(bytes, at + 7) << 8 | at(bytes, at + 8), at(bytes, at + 5) << 8 | at(bytes, at + 6));
    }

    /** Where the next marker is: in pixels FF is followed by 00, or by the number of a restart. */
    private static int behindScan(byte[] bytes, int from) {
        for (int at = from; at + 1 < bytes.length; at++) {
            var next = at(bytes, at + 1);
            if (at(bytes, at) == 0xff && next != 0 && (next < 0xd0 || next > 0xd7)) {
                return at;
            }
        }
        return bytes.length;
    }

    private static Optional<String> end(boolean hasScan, int bytesBehind) {
        if (!hasScan) {
            return Optional.of("has no pixels");
        }
        return bytesBehind == 0 ? Optional.empty() : Optional.of("has %d bytes behind its end".formatted(bytesBehind));
    }

    private static int at(byte[] bytes, int index) {
        return bytes[index] & 0xff;
    }
}

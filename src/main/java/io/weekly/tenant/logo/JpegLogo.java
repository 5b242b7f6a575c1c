package io.weekly.tenant.logo;

import java.util.Optional;

/** Checks the segments of a JPEG (ITU T.81, annex B) from the first to the last. Nothing may follow the last. */
final class JpegLogo {

    private static final int START = 0xd8;
    private static final int END = 0xd9;
    private static final int SCAN = 0xda;
    /** Baseline, extended and progressive: the frames that every viewer supports. */
    private static final int FIRST_FRAME = 0xc0;
    private static final int LAST_FRAME = 0xc2;

    private JpegLogo() {}

    static boolean matches(byte[] bytes) {
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
                    return Optional.of("has pixel data before its frame header");
                }
                hasScan = true;
                at = afterScan(bytes, at);
            }
        }
        return Optional.of("breaks off");
    }

    private static boolean isFrame(int marker) {
        // Among these markers c4 is for Huffman tables, c8 is reserved for extensions, and cc is for arithmetic conditioning.
        return marker >= FIRST_FRAME && marker <= 0xcf && marker != 0xc4 && marker != 0xc8 && marker != 0xcc;
    }

    private static Optional<String> frameFault(byte[] bytes, int at, int marker, int length) {
        if (marker > LAST_FRAME) {
            return Optional.of("uses a rare coding (lossless, hierarchical or arithmetic) that cannot be shown");
        }
        if (length < 8) {
            return Optional.of("has a frame of a wrong length");
        }
        return Logo.sizeFault(at(bytes, at + 7) << 8 | at(bytes, at + 8), at(bytes, at + 5) << 8 | at(bytes, at + 6));
    }

    /** The position of the next marker. In pixel data FF is followed by 00, or by the number of a restart marker. */
    private static int afterScan(byte[] bytes, int from) {
        for (int at = from; at + 1 < bytes.length; at++) {
            var next = at(bytes, at + 1);
            if (at(bytes, at) == 0xff && next != 0 && (next < 0xd0 || next > 0xd7)) {
                return at;
            }
        }
        return bytes.length;
    }

    private static Optional<String> end(boolean hasScan, int extraBytes) {
        if (!hasScan) {
            return Optional.of("has no pixels");
        }
        return extraBytes == 0 ? Optional.empty() : Optional.of("has %d bytes after its end".formatted(extraBytes));
    }

    private static int at(byte[] bytes, int index) {
        return bytes[index] & 0xff;
    }
}

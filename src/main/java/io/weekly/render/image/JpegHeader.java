package io.weekly.render.image;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Set;

/**
 * The properties of a JPEG that decide how it is shown, from the segments before its pixels (ITU T.81, annex B). The pixels go into the PDF
 * as they are, so a JPEG that a PDF cannot show has to be found here.
 */
record JpegHeader(Orientation orientation) {
    private static final int START_OF_IMAGE = 0xffd8;
    private static final int SCAN = 0xda;
    private static final int END = 0xd9;
    private static final int EXIF_SEGMENT = 0xe1;
    private static final String EXIF = "Exif\0\0";
    private static final int ORIENTATION_TAG = 0x0112;
    private static final int SHORT = 3;
    /** The first byte of the byte order "II". */
    private static final byte LITTLE_ENDIAN = 'I';
    /** Baseline, extended and progressive: what a PDF can show (ISO 32000-2, 7.4.8). */
    private static final Set<Integer> FRAMES = Set.of(0xc0, 0xc1, 0xc2);
    /** Grey, RGB and CMYK. */
    private static final Set<Integer> COMPONENTS = Set.of(1, 3, 4);

    /** Whether the bytes start like a JPEG. */
    static boolean isJpeg(byte[] bytes) {
        return bytes.length >= 4 && (ByteBuffer.wrap(bytes).getShort() & 0xffff) == START_OF_IMAGE;
    }

    /** @throws IllegalArgumentException if it is damaged or of a kind that a PDF cannot show; the message is the reason */
    static JpegHeader of(byte[] jpeg) {
        try {
            return read(ByteBuffer.wrap(jpeg));
        } catch (BufferUnderflowException | IndexOutOfBoundsException e) {
            throw new IllegalArgumentException("breaks off before its pixels", e);
        }
    }

    private static JpegHeader read(ByteBuffer jpeg) {
        boolean hasFrame = false;
        ByteBuffer exif = null;
        jpeg.position(2);
        for (int marker = marker(jpeg); marker != SCAN; marker = marker(jpeg)) {
            if (marker == END) {
                throw new IllegalArgumentException("has no pixels");
            }
            int length = (jpeg.getShort() & 0xffff) - 2;
            ByteBuffer segment = jpeg.slice(jpeg.position(), length);
            if (isFrame(marker)) {
                checkFrame(marker, segment);
                hasFrame = true;
            }
            if (marker == EXIF_SEGMENT && exif == null && startsWithExif(segment)) {
                exif = segment.slice(EXIF.length(), length - EXIF.length());
            }
            jpeg.position(jpeg.position() + length);
        }
        if (!hasFrame) {
            throw new IllegalArgumentException("has pixel data before its frame header");
        }
        return new JpegHeader(exif == null ? Orientation.NORMAL : orientation(exif));
    }

    /** The next marker. Any number of FF bytes may stand before it. */
    private static int marker(ByteBuffer jpeg) {
        int marker = jpeg.get() & 0xff;
        if (marker != 0xff) {
            throw new IllegalArgumentException("is damaged: there is no marker at byte " + (jpeg.position() - 1));
        }
        while (marker == 0xff) {
            marker = jpeg.get() & 0xff;
        }
        return marker;
    }

    private static boolean isFrame(int marker) {
        // Among these markers c4 is for Huffman tables, c8 is reserved for extensions, and cc is for arithmetic conditioning.
        return marker >= 0xc0 && marker <= 0xcf && marker != 0xc4 && marker != 0xc8 && marker != 0xcc;
    }

    private static void checkFrame(int marker, ByteBuffer frame) {
        if (!FRAMES.contains(marker)) {
            throw new IllegalArgumentException("uses a rare coding (lossless, hierarchical or arithmetic) that cannot be shown");
        }
        int precision = frame.get(0) & 0xff;
        if (precision != 8) {
            throw new IllegalArgumentException("has %d bits per colour; a JPEG must have 8".formatted(precision));
        }
        int components = frame.get(5) & 0xff;
        if (!COMPONENTS.contains(components)) {
            throw new IllegalArgumentException("has %d colour components; a JPEG must have 1, 3 or 4".formatted(components));
        }
    }

    private static boolean startsWithExif(ByteBuffer segment) {
        byte[] start = new byte[Math.min(EXIF.length(), segment.remaining())];
        segment.get(0, start);
        return new String(start, StandardCharsets.ISO_8859_1).equals(EXIF);
    }

    /** Reads the first directory of a TIFF (Exif 2.32, 4.6.2). A damaged one turns nothing, as in browsers. */
    private static Orientation orientation(ByteBuffer tiff) {
        try {
            tiff.order(tiff.get(0) == LITTLE_ENDIAN ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
            int directory = tiff.getInt(4);
            int entries = tiff.getShort(directory) & 0xffff;
            for (int i = 0; i < entries; i++) {
                int entry = directory + 2 + 12 * i;
                if (tiff.getShort(entry) == ORIENTATION_TAG && tiff.getShort(entry + 2) == SHORT) {
                    return Orientation.ofExif(tiff.getShort(entry + 8) & 0xffff);
                }
            }
        } catch (IndexOutOfBoundsException _) {
            // The directory does not lie inside the segment.
        }
        return Orientation.NORMAL;
    }
}

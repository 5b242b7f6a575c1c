package io.weekly.render.image;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * The chunks of a PNG that are needed to show it. A missing chunk is empty. If the file is truncated, the chunks contain the bytes that it
 * has.
 */
record PngChunks(byte[] pixels, byte[] palette, byte[] transparency) {
    private static final int AFTER_SIGNATURE = 8;

    static PngChunks of(ByteBuffer png) {
        ByteArrayOutputStream pixels = new ByteArrayOutputStream();
        byte[] palette = {};
        byte[] transparency = {};
        // Each chunk has the length of its content, a type, the content and a checksum.
        for (int at = AFTER_SIGNATURE; at + 8 <= png.capacity(); ) {
            String type = new String(png.array(), at + 4, 4, StandardCharsets.ISO_8859_1);
            int length = Math.min(png.getInt(at), png.capacity() - at - 8);
            if (length < 0 || type.equals("IEND")) {
                break;
            }
            switch (type) {
                case "IDAT" -> pixels.write(png.array(), at + 8, length);
                case "PLTE" -> palette = content(png, at + 8, length);
                case "tRNS" -> transparency = content(png, at + 8, length);
                default -> { }
            }
            at += 12 + length;
        }
        return new PngChunks(pixels.toByteArray(), palette, transparency);
    }

    private static byte[] content(ByteBuffer png, int at, int length) {
        byte[] content = new byte[length];
        png.get(at, content);
        return content;
    }
}

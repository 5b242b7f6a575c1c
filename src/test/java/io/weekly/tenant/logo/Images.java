package io.weekly.tenant.logo;

import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Random;
import java.util.zip.CRC32;
import javax.imageio.ImageIO;

/** Images as other software writes them, and damaged ones. */
public final class Images {

    private Images() {}

    public static byte[] png(int width, int height) {
        return image("png", width, height);
    }

    /** A PNG of this size in bytes: a text fills it up. */
    public static byte[] png(int width, int height, int bytes) {
        var png = png(width, height);
        var text = ByteBuffer.allocate(bytes - png.length).putInt(bytes - png.length - 12).put("tEXt".getBytes());
        var checksum = new CRC32();
        checksum.update(text.array(), 4, bytes - png.length - 8);
        text.putInt(bytes - png.length - 4, (int) checksum.getValue());
        return ByteBuffer.allocate(bytes).put(png, 0, 33).put(text.array()).put(png, 33, png.length - 33).array();
    }

    public static byte[] jpeg(int width, int height) {
        return image("jpeg", width, height);
    }

    /** A PNG that hardly compresses: about three bytes for each pixel. */
    public static byte[] noise(int width, int height) {
        var random = new Random(1);
        var image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        image.setRGB(0, 0, width, height, random.ints((long) width * height).toArray(), 0, width);
        return bytes("png", image);
    }

    /** A PNG with valid chunks whose header declares more pixels than its data has. */
    public static byte[] pngWithoutPixels(int width, int height) {
        var png = png(1, 1);
        var bytes = ByteBuffer.wrap(png).putInt(16, width).putInt(20, height);
        var checksum = new CRC32();
        checksum.update(png, 12, 17);
        bytes.putInt(29, (int) checksum.getValue());
        return png;
    }

    /** The offset of the frame header of a JPEG. */
    public static int frame(byte[] jpeg) {
        int at = 2;
        while ((jpeg[at + 1] & 0xff) != 0xc0) {
            at += 2 + (ByteBuffer.wrap(jpeg).getShort(at + 2) & 0xffff);
        }
        return at;
    }

    /** A JPEG with an Exif segment that has this orientation. */
    public static byte[] turned(byte[] jpeg, int orientation, ByteOrder order) {
        var exif = ByteBuffer.allocate(36).order(order);
        exif.put(new byte[] {(byte) 0xff, (byte) 0xe1, 0, 34}).put("Exif\0\0".getBytes());
        exif.put(order == ByteOrder.LITTLE_ENDIAN ? new byte[] {'I', 'I'} : new byte[] {'M', 'M'}).putShort((short) 42).putInt(8);
        exif.putShort((short) 1).putShort((short) 0x0112).putShort((short) 3).putInt(1).putShort((short) orientation).putShort((short) 0);
        exif.putInt(0);
        var all = ByteBuffer.allocate(jpeg.length + exif.position());
        return all.put(jpeg, 0, 2).put(exif.array(), 0, exif.position()).put(jpeg, 2, jpeg.length - 2).array();
    }

    /** A JPEG whose left upper quarter is red, the right one green, the left lower one blue, and the right one black. */
    public static byte[] quarters(int width, int height) {
        return image("jpeg", width, height, Color.RED, Color.GREEN, Color.BLUE, Color.BLACK);
    }

    public static String svg(String content) {
        var namespaces = "xmlns='http://www.w3.org/2000/svg' xmlns:xlink='http://www.w3.org/1999/xlink'";
        return "<svg %s viewBox='0 0 10 10'>%s</svg>".formatted(namespaces, content);
    }

    private static byte[] image(String format, int width, int height) {
        return image(format, width, height, Color.ORANGE, Color.BLACK, Color.ORANGE, Color.BLACK);
    }

    private static byte[] image(String format, int width, int height, Color... quarters) {
        var image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        var pen = image.createGraphics();
        for (int i = 0; i < quarters.length; i++) {
            pen.setColor(quarters[i]);
            pen.fillRect(i % 2 * (width / 2), i / 2 * (height / 2), width, height);
        }
        pen.dispose();
        return bytes(format, image);
    }

    private static byte[] bytes(String format, BufferedImage image) {
        var bytes = new ByteArrayOutputStream();
        try {
            ImageIO.write(image, format, bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }
}

package io.weekly.render.brand;

import io.weekly.render.pdf.Pdf;
import io.weekly.tenant.logo.Images;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.zip.CRC32;
import java.util.zip.DeflaterOutputStream;
import org.openpdf.text.pdf.PRStream;
import org.openpdf.text.pdf.PdfDictionary;
import org.openpdf.text.pdf.PdfName;
import org.openpdf.text.pdf.PdfReader;

/** Makes logos, renders them into a PDF, and reads what is on its first page. */
public final class LogoSamples {
    public static final String PNG = "image/png";
    public static final String JPEG = "image/jpeg";

    private LogoSamples() {}

    public static LogoImage svg(String content) {
        return LogoImage.of(LogoImage.SVG, Images.svg(content).getBytes(StandardCharsets.UTF_8));
    }

    public static PdfReader render(LogoImage logo) throws IOException {
        return render("<img src=\"" + logo.dataUri() + "\"/>", Optional.of(logo));
    }

    public static PdfReader render(String body, Optional<LogoImage> logo) throws IOException {
        var page = "<html><body><p>" + body + "</p></body></html>";
        return new PdfReader(new Pdf().render("x/report.html", page, logo, Optional.empty()).bytes());
    }

    public static int images(PdfReader pdf) {
        PdfDictionary objects = pdf.getPageN(1).getAsDict(PdfName.RESOURCES).getAsDict(PdfName.XOBJECT);
        return objects == null ? 0 : objects.size();
    }

    public static String stream(PdfReader pdf) throws IOException {
        PdfDictionary objects = pdf.getPageN(1).getAsDict(PdfName.RESOURCES).getAsDict(PdfName.XOBJECT);
        return new String(PdfReader.getStreamBytes((PRStream) objects.getAsStream(objects.getKeys().iterator().next())),
                StandardCharsets.ISO_8859_1);
    }

    public static byte[] png(byte[] header, byte[] data) {
        ByteBuffer png = ByteBuffer.allocate(8 + 12 + header.length + 12 + data.length + 12).putLong(0x89504e470d0a1a0aL);
        chunk(png, "IHDR", header);
        chunk(png, "IDAT", data);
        chunk(png, "IEND", new byte[0]);
        return png.array();
    }

    private static void chunk(ByteBuffer png, String type, byte[] data) {
        CRC32 checksum = new CRC32();
        checksum.update(type.getBytes());
        checksum.update(data);
        png.putInt(data.length).put(type.getBytes()).put(data).putInt((int) checksum.getValue());
    }

    public static byte[] zeros(int count) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DeflaterOutputStream out = new DeflaterOutputStream(bytes)) {
            out.write(new byte[count]);
        }
        return bytes.toByteArray();
    }
}

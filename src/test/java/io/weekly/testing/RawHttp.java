package io.weekly.testing;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.zip.GZIPInputStream;

/** Sends any bytes, and reads until the server closes the connection. */
public final class RawHttp {

    private final String host;
    private final int port;
    private final Duration patience;

    public RawHttp(URI server, Duration patience) {
        this.host = server.getHost();
        this.port = server.getPort();
        this.patience = patience;
    }

    /** One response. Header names are in lower case. The body is decoded: not chunked, not compressed. */
    public record Answer(int status, List<String> headers, byte[] body) {

        public Optional<String> header(String name) {
            var start = name.toLowerCase(Locale.ROOT) + ":";
            return headers.stream().filter(it -> it.startsWith(start)).map(it -> it.substring(start.length()).strip()).findFirst();
        }

        public String mediaType() {
            return header("Content-Type").orElse("").replaceFirst(";.*", "").strip();
        }

        public String text() {
            return new String(body, StandardCharsets.UTF_8);
        }
    }

    /**
     * The responses; none if the server closed without one.
     *
     * @throws IOException if no response comes and the connection stays open
     */
    public List<Answer> exchange(byte[] request) throws IOException {
        return parse(send(request, false));
    }

    /** The same for an incomplete request. The client closes its side of the connection after it. */
    public List<Answer> breakOff(byte[] request) throws IOException {
        return parse(send(request, true));
    }

    private byte[] send(byte[] request, boolean halfClose) throws IOException {
        try (var socket = new Socket()) {
            socket.connect(new InetSocketAddress(host, port), (int) patience.toMillis());
            socket.setSoTimeout((int) patience.toMillis());
            var answer = new ByteArrayOutputStream();
            try {
                socket.getOutputStream().write(request);
                if (halfClose) {
                    socket.shutdownOutput();
                }
                socket.getInputStream().transferTo(answer);
            } catch (SocketTimeoutException e) {
                throw new IOException("no end after %s; until then: %.500s".formatted(patience, answer), e);
            } catch (IOException e) {
                // The server may reset the connection after its response, if it has not read the whole request.
                drain(socket, answer);
            }
            return answer.toByteArray();
        }
    }

    private static void drain(Socket socket, ByteArrayOutputStream answer) {
        try {
            socket.getInputStream().transferTo(answer);
        } catch (IOException e) {
            // The bytes before the reset are the response.
        }
    }

    private static List<Answer> parse(byte[] bytes) throws IOException {
        var in = new ByteArrayInputStream(bytes);
        var answers = new ArrayList<Answer>();
        while (in.available() > 0) {
            var status = line(in);
            if (!status.matches("HTTP/[0-9.]+ [0-9]{3}.*")) {
                throw new IOException("not an HTTP response: %.200s".formatted(new String(bytes, StandardCharsets.ISO_8859_1)));
            }
            var headers = new ArrayList<String>();
            for (var line = line(in); !line.isEmpty(); line = line(in)) {
                var name = line.replaceFirst(":.*", "");
                headers.add(name.toLowerCase(Locale.ROOT) + line.substring(name.length()));
            }
            var code = Integer.parseInt(status.replaceFirst("HTTP/[0-9.]+ ([0-9]{3}).*", "$1"));
            if (code >= 200) {
                answers.add(decoded(new Answer(code, headers, new byte[0]), in));
            }
        }
        return answers;
    }

    private static String line(InputStream in) throws IOException {
        var line = new ByteArrayOutputStream();
        for (var b = in.read(); b >= 0 && b != '\n'; b = in.read()) {
            line.write(b);
        }
        return line.toString(StandardCharsets.ISO_8859_1).replaceFirst("\r$", "");
    }

    private static Answer decoded(Answer head, InputStream in) throws IOException {
        var body = body(head, in);
        var zipped = body.length > 0 && head.header("Content-Encoding").filter("gzip"::equals).isPresent();
        return new Answer(head.status, head.headers, zipped ? new GZIPInputStream(new ByteArrayInputStream(body)).readAllBytes() : body);
    }

    private static byte[] body(Answer head, InputStream in) throws IOException {
        if (head.header("Transfer-Encoding").filter("chunked"::equals).isEmpty()) {
            return in.readNBytes(head.header("Content-Length").map(Integer::valueOf).orElse(in.available()));
        }
        if (in.available() == 0) {
            return new byte[0]; // a response to HEAD
        }
        var body = new ByteArrayOutputStream();
        for (var size = size(in); size > 0; size = size(in)) {
            body.write(in.readNBytes(size));
            line(in);
        }
        line(in);
        return body.toByteArray();
    }

    private static int size(InputStream in) throws IOException {
        return Integer.parseInt(line(in).replaceFirst(";.*", "").strip(), 16);
    }
}

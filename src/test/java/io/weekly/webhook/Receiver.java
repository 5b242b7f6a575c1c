package io.weekly.webhook;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;

/**
 * A receiver of webhooks on 127.0.0.1 that behaves as its test says. It is written with plain sockets, so that it can answer with what no
 * server would send.
 */
final class Receiver implements AutoCloseable {

    /**
     * A request as it arrived.
     *
     * @param head its first line and headers, the names in lower case
     */
    record Received(String line, Map<String, String> head, byte[] body) {

        String header(String name) {
            return head.get(name);
        }

        String text() {
            return new String(body, StandardCharsets.UTF_8);
        }
    }

    /** How to answer. */
    interface Behaviour {
        void answer(Received request, Socket connection) throws IOException, InterruptedException;
    }

    private final ServerSocket socket;
    private final List<Received> received = new CopyOnWriteArrayList<>();
    private volatile Behaviour behaviour;

    private Receiver(ServerSocket socket, Behaviour behaviour) {
        this.socket = socket;
        this.behaviour = behaviour;
    }

    /** A receiver whose answers begin with this status line and headers, and have no body. */
    static Receiver with(String head) {
        return with((_, connection) -> write(connection, "HTTP/1.1 " + head + "\r\nContent-Length: 0\r\n\r\n"));
    }

    static Receiver with(Behaviour behaviour) {
        try {
            return with(new ServerSocket(0, 200, InetAddress.getByName("127.0.0.1")), behaviour);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Receiver with(ServerSocket socket, Behaviour behaviour) {
        var receiver = new Receiver(socket, behaviour);
        Thread.ofVirtual().start(receiver::accept);
        return receiver;
    }

    /** Answers each request with what the function says: a status line. */
    static Behaviour answering(Function<Received, String> status) {
        return (request, connection) -> write(connection, "HTTP/1.1 " + status.apply(request) + "\r\nContent-Length: 0\r\n\r\n");
    }

    void behave(Behaviour other) {
        behaviour = other;
    }

    private void accept() {
        while (!socket.isClosed()) {
            try {
                var connection = socket.accept();
                Thread.ofVirtual().start(() -> serve(connection));
            } catch (IOException _) {
                // It is closed: the loop ends. Or a TLS handshake failed: the client tells.
            }
        }
    }

    private void serve(Socket connection) {
        try (connection) {
            var request = read(connection.getInputStream());
            received.add(request);
            behaviour.answer(request, connection);
        } catch (IOException | InterruptedException _) {
            // The client has hung up, which the test finds out.
        }
    }

    private static Received read(InputStream in) throws IOException {
        var line = line(in);
        var head = new TreeMap<String, String>();
        for (var header = line(in); !header.isEmpty(); header = line(in)) {
            head.put(header.substring(0, header.indexOf(':')).toLowerCase(Locale.ROOT), header.substring(header.indexOf(':') + 1).strip());
        }
        return new Received(line, head, in.readNBytes(Integer.parseInt(head.getOrDefault("content-length", "0"))));
    }

    private static String line(InputStream in) throws IOException {
        var line = new StringBuilder();
        for (var c = in.read(); c != '\n'; c = in.read()) {
            if (c < 0) {
                throw new IOException("the client has hung up");
            }
            line.append((char) c);
        }
        return line.toString().strip();
    }

    static void write(Socket connection, String text) throws IOException {
        connection.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
        connection.getOutputStream().flush();
    }

    int port() {
        return socket.getLocalPort();
    }

    String url() {
        return "http://127.0.0.1:%d/hook".formatted(port());
    }

    List<Received> received() {
        return List.copyOf(received);
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

package io.weekly.testing;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;

/** An HTTP server in the place of Amazon's hosts. It answers with the files that it was given, and records what it was asked for. */
public final class AmazonServer implements AutoCloseable {

    private static final String URL = "weekly.testing.amazon";

    private record File(int status, byte[] body) {}

    private final HttpServer server;
    private final Map<String, File> files = new ConcurrentHashMap<>();
    private final List<String> asked = new CopyOnWriteArrayList<>();

    private AmazonServer(HttpServer server) {
        this.server = server;
    }

    public static AmazonServer start() {
        try {
            var server = new AmazonServer(HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 100));
            server.server.createContext("/", server::answer);
            server.server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
            server.server.start();
            System.setProperty(URL, "http://127.0.0.1:" + server.server.getAddress().getPort());
            return server;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Where it listens; nobody listens there if none was started. */
    public static String url() {
        return System.getProperty(URL, "http://127.0.0.1:1");
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            asked.add(exchange.getRequestURI().toString());
            var file = files.getOrDefault(exchange.getRequestURI().getPath(), new File(404, new byte[0]));
            if (file.status() == 302) {
                exchange.getResponseHeaders().add("Location", url() + "/moved");
            }
            exchange.sendResponseHeaders(file.status(), file.body().length == 0 ? -1 : file.body().length);
            exchange.getResponseBody().write(file.body());
        }
    }

    /** Answers requests for this path from now on. A 302 leads to {@code /moved}. */
    public void put(String path, int status, byte[] body) {
        files.put(path, new File(status, body));
    }

    /** The paths and queries that were asked for and contain this text. */
    public List<String> asked(String text) {
        return asked.stream().filter(path -> path.contains(text)).toList();
    }

    @Override
    public void close() {
        System.clearProperty(URL);
        server.stop(0);
    }
}

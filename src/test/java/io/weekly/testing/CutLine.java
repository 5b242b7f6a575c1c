package io.weekly.testing;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A proxy to a server. {@link #drop} acts like a firewall that has lost its state: the existing connections stay open, but no data passes.
 * New connections work. After {@link #switchTo}, new connections lead to another server, and the existing ones stay where they are.
 */
public final class CutLine implements AutoCloseable {

    private final ServerSocket door;
    private volatile String host;
    private volatile int port;
    private final Set<Line> lines = ConcurrentHashMap.newKeySet();

    public CutLine(String host, int port) {
        this.host = host;
        this.port = port;
        try {
            door = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Thread.ofVirtual().start(this::accept);
    }

    public int port() {
        return door.getLocalPort();
    }

    public void drop() {
        lines.forEach(line -> line.dropped = true);
    }

    public void switchTo(String otherHost, int otherPort) {
        host = otherHost;
        port = otherPort;
    }

    private void accept() {
        try {
            while (true) {
                connect(door.accept());
            }
        } catch (IOException closed) {
            close();
        }
    }

    /** If the server cannot be reached, the client is disconnected. */
    private void connect(Socket client) {
        try {
            var line = new Line(client, new Socket(host, port));
            lines.add(line);
            Thread.ofVirtual().start(() -> line.pass(line.client, line.server));
            Thread.ofVirtual().start(() -> line.pass(line.server, line.client));
        } catch (IOException unreachable) {
            close(client);
        }
    }

    @Override
    public void close() {
        close(door);
        lines.forEach(Line::hangUp);
    }

    private static void close(AutoCloseable socket) {
        try {
            socket.close();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private static final class Line {
        private final Socket client;
        private final Socket server;
        private volatile boolean dropped;

        Line(Socket client, Socket server) {
            this.client = client;
            this.server = server;
        }

        /** Copies data until one end closes. Data after the drop is read and discarded. */
        void pass(Socket from, Socket to) {
            try {
                InputStream in = from.getInputStream();
                OutputStream out = to.getOutputStream();
                var bytes = new byte[8192];
                for (var n = in.read(bytes); n >= 0; n = in.read(bytes)) {
                    if (!dropped) {
                        out.write(bytes, 0, n);
                    }
                }
            } catch (IOException closed) {
                // closed by the other direction, or at the end of the test
            } finally {
                hangUp();
            }
        }

        void hangUp() {
            CutLine.close(client);
            CutLine.close(server);
        }
    }
}

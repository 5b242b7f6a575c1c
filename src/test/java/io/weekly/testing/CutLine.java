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
 * New connections work.
 */
public final class CutLine implements AutoCloseable {

    private final ServerSocket door;
    private final String host;
    private final int port;
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

    private void accept() {
        try {
            while (true) {
                var line = new Line(door.accept(), new Socket(host, port));
                lines.add(line);
                Thread.ofVirtual().start(() -> line.pass(line.client, line.server));
                Thread.ofVirtual().start(() -> line.pass(line.server, line.client));
            }
        } catch (IOException closed) {
            close();
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

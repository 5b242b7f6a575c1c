package io.weekly.testing;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A mail server that does not answer connection attempts: its backlog is full, so the kernel drops the packets. */
public final class UnreachableMailServer implements QuarkusTestResourceLifecycleManager {

    private static final int SOON_MILLIS = 300;

    private final List<Socket> queue = new ArrayList<>();
    private ServerSocket door;

    @Override
    public int order() {
        return 10; // after TestServers, whose mail port this replaces
    }

    @Override
    public Map<String, String> start() {
        try {
            door = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
            while (queues()) {
                // until the backlog is full
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return Map.of("quarkus.mailer.host", "127.0.0.1", "quarkus.mailer.port", String.valueOf(door.getLocalPort()));
    }

    private boolean queues() throws IOException {
        var client = new Socket();
        queue.add(client);
        try {
            client.connect(door.getLocalSocketAddress(), SOON_MILLIS);
            return true;
        } catch (SocketTimeoutException full) {
            return false;
        }
    }

    @Override
    public void stop() {
        try {
            for (var client : queue) {
                client.close();
            }
            door.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

package io.weekly.chaos;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.Random;

/**
 * Ports for servers that go away and come back. They are below those that a system gives to its clients (from 32768 on Linux): while a
 * server is away, a client that looks for it must not be given its port.
 */
final class Ports {

    private static final int FIRST = 20_000;
    private static final int LAST = 30_000;

    private Ports() {}

    static int free() {
        var random = new Random();
        while (true) {
            var port = random.nextInt(FIRST, LAST);
            try (var socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
                return socket.getLocalPort();
            } catch (BindException taken) {
                // The next one, then.
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}

package io.weekly.chaos;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.Random;

/**
 * Ports for servers that stop and start again. They are below the ports that a system gives to clients (from 32768 on Linux). Otherwise a
 * client could get the port of a stopped server.
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
                // Try another port.
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}

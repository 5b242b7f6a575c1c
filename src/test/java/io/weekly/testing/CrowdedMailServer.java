package io.weekly.testing;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntConsumer;

/**
 * An SMTP server that accepts a limited number of clients at once and refuses the others (421). It can also be away. Tests use it through
 * fields with types of the JDK, because they have another class loader: an {@link IntConsumer} sets the number of clients, 0 for away, and
 * a map counts {@code taken} mails and {@code refused} connections.
 */
public final class CrowdedMailServer implements QuarkusTestResourceLifecycleManager {

    /** The duration of a mail, so that the mails of one lane overlap. It is not a wait for a condition. */
    private static final long MAIL_NANOS = 150_000_000;

    private final Set<Socket> clients = ConcurrentHashMap.newKeySet();
    private final Map<String, AtomicInteger> counts = new HashMap<>(Map.of("taken", new AtomicInteger(), "refused", new AtomicInteger()));
    private ServerSocket door;
    private Thread porter;
    /** Keeps the port while the server is away. */
    private Socket doorstep;

    @Override
    public int order() {
        return 10; // after TestServers, whose mail port this replaces
    }

    @Override
    public Map<String, String> start() {
        open(0, Integer.MAX_VALUE);
        return Map.of("quarkus.mailer.host", "127.0.0.1", "quarkus.mailer.port", String.valueOf(door.getLocalPort()));
    }

    @Override
    public void inject(TestInjector injector) {
        injector.injectIntoFields((IntConsumer) this::takes, new TestInjector.MatchesType(IntConsumer.class));
        injector.injectIntoFields(counts, new TestInjector.MatchesType(Map.class));
    }

    @Override
    public void stop() {
        close(door);
        try {
            // The port is free when the accepting thread has ended.
            porter.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        close(doorstep);
        clients.forEach(CrowdedMailServer::close);
    }

    private void takes(int atOnce) {
        var port = door.getLocalPort();
        stop();
        if (atOnce == 0) {
            stepOut(port);
        } else {
            open(port, atOnce);
        }
    }

    private void open(int port, int atOnce) {
        try {
            var opened = new ServerSocket(port, 50, InetAddress.getLoopbackAddress());
            door = opened;
            porter = Thread.ofVirtual().start(() -> accept(opened, atOnce));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void stepOut(int port) {
        try {
            doorstep = new Socket();
            doorstep.setReuseAddress(true);
            doorstep.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void accept(ServerSocket from, int atOnce) {
        while (!from.isClosed()) {
            try {
                var client = from.accept();
                clients.add(client);
                var welcome = clients.size() <= atOnce;
                Thread.ofVirtual().start(() -> serve(client, welcome));
            } catch (IOException closed) {
                return;
            }
        }
    }

    private void serve(Socket client, boolean welcome) {
        try (client) {
            if (welcome) {
                speak(client);
            } else {
                counts.get("refused").incrementAndGet();
                say(client, "421 4.7.0 too many connections");
            }
        } catch (IOException gone) {
            // The client has disconnected.
        } finally {
            clients.remove(client);
        }
    }

    private void speak(Socket client) throws IOException {
        var in = new BufferedReader(new InputStreamReader(client.getInputStream(), StandardCharsets.UTF_8));
        say(client, "220 crowded");
        for (var line = in.readLine(); line != null; line = in.readLine()) {
            switch (line.toUpperCase(Locale.ROOT).split("[ :]")[0]) {
                case "DATA" -> {
                    say(client, "354 go on");
                    while (!".".equals(in.readLine())) {
                        // the mail itself
                    }
                    LockSupport.parkNanos(MAIL_NANOS);
                    counts.get("taken").incrementAndGet();
                    say(client, "250 taken");
                }
                case "QUIT" -> {
                    say(client, "221 bye");
                    return;
                }
                default -> say(client, "250 ok");
            }
        }
    }

    private static void say(Socket client, String line) throws IOException {
        client.getOutputStream().write((line + "\r\n").getBytes(StandardCharsets.UTF_8));
        client.getOutputStream().flush();
    }

    private static void close(AutoCloseable socket) {
        try {
            if (socket != null) {
                socket.close();
            }
        } catch (Exception e) {
            throw new IllegalStateException("a socket could not be closed", e);
        }
    }
}

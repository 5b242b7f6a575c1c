package io.weekly.testing;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.LockSupport;

/**
 * A mail server that does what the recipient's address says, over real SMTP: {@code reject-…} is answered 550, {@code defer-…} 451 the
 * first time, {@code later-…} 451 always, {@code cut-…} loses the connection after the data the first time, {@code cutalways-…} every
 * time, {@code hang-…} falls silent after the data, {@code slow-…} waits a moment before it answers them,
 * {@code wait-…} until it is told to ({@link #answer}, within one class loader). Anything else is accepted.
 */
public final class MoodyMailServer implements QuarkusTestResourceLifecycleManager {

    /** Where it keeps count, as "accepted:address" → times; a system property holds each, since tests live in another class loader. */
    private static final String COUNT = "weekly.testing.moody.";

    private static final String CONNECTIONS = "connections";

    private static final Map<String, CountDownLatch> ANSWERS = new ConcurrentHashMap<>();

    private final Map<String, Integer> dialogues = new ConcurrentHashMap<>();
    private ServerSocket socket;

    @Override
    public int order() {
        return 10; // after TestServers, whose mail port this replaces
    }

    @Override
    public Map<String, String> start() {
        try {
            socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Thread.ofVirtual().start(this::accept);
        return Map.of("quarkus.mailer.host", "127.0.0.1", "quarkus.mailer.port", String.valueOf(socket.getLocalPort()));
    }

    @Override
    public void stop() {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** How many mails it has received whole for this address, whatever it answered then. */
    public static int received(String address) {
        return Integer.getInteger(COUNT + address, 0);
    }

    /** Takes the mail for this address that it has received. */
    public static void answer(String address) {
        answers(address).countDown();
    }

    private static CountDownLatch answers(String address) {
        return ANSWERS.computeIfAbsent(address, first -> new CountDownLatch(1));
    }

    /** How many are open. */
    public static int connections() {
        return received(CONNECTIONS);
    }

    private void accept() {
        while (!socket.isClosed()) {
            try {
                var client = socket.accept();
                Thread.ofVirtual().start(() -> serve(client));
            } catch (IOException closed) {
                return;
            }
        }
    }

    private void serve(Socket client) {
        count(CONNECTIONS, 1);
        try (client;
                var in = new BufferedReader(new InputStreamReader(client.getInputStream(), StandardCharsets.UTF_8))) {
            say(client, "220 moody");
            String to = "";
            for (var line = in.readLine(); line != null; line = in.readLine()) {
                var verb = line.toUpperCase().split("[ :]")[0];
                switch (verb) {
                    case "EHLO", "HELO", "MAIL", "RSET", "NOOP" -> say(client, "250 ok");
                    case "RCPT" -> {
                        to = line.replaceAll(".*<(.*)>.*", "$1");
                        say(client, reply(to));
                    }
                    case "DATA" -> {
                        say(client, "354 go on");
                        while (!".".equals(in.readLine())) {
                            // the mail itself
                        }
                        count(to, 1);
                        if (to.startsWith("hang-")) {
                            in.transferTo(Writer.nullWriter());
                            return;
                        }
                        if (to.startsWith("cutalways-") || to.startsWith("cut-") && received(to) == 1) {
                            return;
                        }
                        if (to.startsWith("slow-")) {
                            // Not a wait for something to happen: it is what a slow server does.
                            LockSupport.parkNanos(60_000_000);
                        }
                        if (to.startsWith("wait-")) {
                            answers(to).await();
                        }
                        say(client, "250 taken");
                    }
                    case "QUIT" -> {
                        say(client, "221 bye");
                        return;
                    }
                    default -> say(client, "500 what?");
                }
            }
        } catch (IOException gone) {
            // The client went away: that is its right.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            count(CONNECTIONS, -1);
        }
    }

    /** Two processes may speak of one address at once. */
    private static synchronized void count(String what, int more) {
        System.setProperty(COUNT + what, String.valueOf(received(what) + more));
    }

    private String reply(String to) {
        var dialogue = dialogues.merge(to, 1, Integer::sum);
        if (to.startsWith("reject-")) {
            return "550 5.1.1 no such mailbox";
        }
        if (to.startsWith("later-") || to.startsWith("defer-") && dialogue == 1) {
            return "451 4.7.1 try again later";
        }
        return "250 ok";
    }

    private static void say(Socket client, String line) throws IOException {
        client.getOutputStream().write((line + "\r\n").getBytes(StandardCharsets.UTF_8));
        client.getOutputStream().flush();
    }

    /** The settings that make failures quick enough to wait for. */
    public static final class Profile implements io.quarkus.test.junit.QuarkusTestProfile {

        public static final int ATTEMPTS = 3;

        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of(
                    "weekly.queue.initial-backoff", "50ms",
                    "weekly.queue.max-backoff", "200ms",
                    "weekly.queue.max-attempts", String.valueOf(ATTEMPTS),
                    "weekly.delivery.max-attachment-bytes", "200K",
                    "weekly.delivery.rate-per-second", "500",
                    "weekly.definitions.dir", definitions());
        }

        @Override
        public List<TestResourceEntry> testResources() {
            return List.of(new TestResourceEntry(MoodyMailServer.class));
        }

        private static String definitions() {
            return java.nio.file.Path.of("src/test/resources/definitions").toAbsolutePath().toString();
        }
    }
}

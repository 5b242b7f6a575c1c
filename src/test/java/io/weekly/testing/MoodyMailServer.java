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
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.LockSupport;

/**
 * An SMTP server whose behaviour depends on the address of the recipient:
 *
 * <ul>
 * <li>{@code reject-…}: 550
 * <li>{@code defer-…}: 451 the first time; {@code later-…}: 451 each time
 * <li>{@code cut-…}: closes the connection after the data, the first time; {@code cutalways-…}: each time
 * <li>{@code hang-…}: sends nothing after the data
 * <li>{@code slow-…}: waits a moment before the reply to the data
 * <li>{@code wait-…}: waits for {@link #answer}, which has to be called in the same class loader
 * <li>{@code id-…}: accepted, and the reply has that address as the id of the mail
 * <li>{@code small-…}: 552 after a mail with an attachment
 * <li>all others: accepted, or the reply of {@link #replyTo} after the data
 * </ul>
 */
public final class MoodyMailServer implements QuarkusTestResourceLifecycleManager {

    /** Prefix of the system properties with the counts. Properties, because tests have another class loader. */
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
            socket = new ServerSocket(0, 1_000, InetAddress.getLoopbackAddress());
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

    /** The number of complete mails for this address, with any reply. */
    public static int received(String address) {
        return Integer.getInteger(COUNT + address, 0);
    }

    /** The last complete mail for this address, without the soft line breaks of quoted-printable. */
    public static String lastMail(String address) {
        return System.getProperty(COUNT + "mail." + address, "").replace("=\n", "").replace("=3D", "=");
    }

    /** From now on, all mails for this domain get this reply after the data; an empty one: they are accepted. */
    public static void replyTo(String domain, String reply) {
        System.setProperty(COUNT + "reply." + domain, reply);
    }

    private static String replyAfterData(String to, boolean hasAttachment) {
        if (to.startsWith("small-") && hasAttachment) {
            return "552 5.3.4 message too big";
        }
        var reply = System.getProperty(COUNT + "reply." + to.substring(to.indexOf('@') + 1), "");
        return reply.isEmpty() ? "250 taken" : reply;
    }

    /** Lets the server accept the mail for this address. */
    public static void answer(String address) {
        answers(address).countDown();
    }

    private static CountDownLatch answers(String address) {
        return ANSWERS.computeIfAbsent(address, first -> new CountDownLatch(1));
    }

    /** The number of open connections. */
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
                var verb = line.toUpperCase(Locale.ROOT).split("[ :]")[0];
                switch (verb) {
                    case "EHLO", "HELO", "MAIL", "RSET", "NOOP" -> say(client, "250 ok");
                    case "RCPT" -> {
                        to = line.replaceAll(".*<(.*)>.*", "$1");
                        say(client, reply(to));
                    }
                    case "DATA" -> {
                        say(client, "354 go on");
                        var mail = new StringBuilder();
                        for (var part = in.readLine(); part != null && !".".equals(part); part = in.readLine()) {
                            mail.append(part).append('\n');
                        }
                        var hasAttachment = mail.toString().toLowerCase(Locale.ROOT).contains("content-disposition: attachment");
                        System.setProperty(COUNT + "mail." + to, mail.toString());
                        count(to, 1);
                        if (to.startsWith("hang-")) {
                            in.transferTo(Writer.nullWriter());
                            return;
                        }
                        if (to.startsWith("cutalways-") || to.startsWith("cut-") && received(to) == 1) {
                            return;
                        }
                        if (to.startsWith("slow-")) {
                            // Not a wait for a condition: a slow server does this.
                            LockSupport.parkNanos(60_000_000);
                        }
                        if (to.startsWith("wait-")) {
                            answers(to).await();
                        }
                        say(client, to.startsWith("id-") ? "250 2.0.0 Ok: queued as " + to : replyAfterData(to, hasAttachment));
                    }
                    case "QUIT" -> {
                        say(client, "221 bye");
                        return;
                    }
                    default -> say(client, "500 what?");
                }
            }
        } catch (IOException gone) {
            // The client has disconnected.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            count(CONNECTIONS, -1);
        }
    }

    /** Synchronized, because two connections may have the same address. */
    private static synchronized void count(String what, int more) {
        System.setProperty(COUNT + what, String.valueOf(received(what) + more));
    }

    private String reply(String to) {
        var dialogue = dialogues.merge(to, 1, Integer::sum);
        if (to.startsWith("reject-")) {
            return "550 5.1.1 no such mailbox";
        }
        if (to.startsWith("full-")) {
            return "452 4.2.2 mailbox full";
        }
        if (to.startsWith("refused-")) {
            return "550 5.7.26 this mail is not authenticated";
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

    /** Settings with short pauses, so that tests can wait for retries and failures. */
    public static final class Profile implements io.quarkus.test.junit.QuarkusTestProfile {

        public static final int ATTEMPTS = 3;

        /** Less than the PDF of {@code weekly-business} has in a mail, and more than it has as a file. */
        public static final int MAX_ATTACHMENT_BYTES = 24_000;

        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of(
                    "weekly.queue.initial-backoff", "50ms",
                    "weekly.queue.max-backoff", "200ms",
                    "weekly.delivery.domain-pause", "300ms",
                    "weekly.delivery.max-domain-pause", "1s",
                    "weekly.queue.max-attempts", String.valueOf(ATTEMPTS),
                    "weekly.delivery.max-attachment-bytes", MAX_ATTACHMENT_BYTES + "",
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

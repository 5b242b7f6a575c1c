package io.weekly.testing;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetServer;
import io.vertx.core.net.NetServerOptions;
import io.vertx.core.net.NetSocket;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.core.parsetools.RecordParser;
import java.io.ByteArrayOutputStream;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/** An SMTP server that gives each mail an id in its last reply, after a moment, so that mails end in another order than they came. */
public final class NumberingMailServer implements AutoCloseable {

    private static final int MAX_PAUSE_MILLIS = 15;

    /** By Message-ID: the number in the reply to the mail. */
    public final Map<String, Integer> numbers = new ConcurrentHashMap<>();

    /** By Message-ID: the mail as it came, with CRLF. */
    public final Map<String, byte[]> mails = new ConcurrentHashMap<>();

    /** The connections on which a mail came. */
    public final Set<Object> connections = ConcurrentHashMap.newKeySet();

    private final AtomicInteger count = new AtomicInteger();
    private final Vertx vertx;
    private final NetServer server;
    private final boolean startTls;
    private final IntFunction<String> reply;
    private volatile String afterRecipient = "";

    /**
     * @param certificates the server offers STARTTLS with them; null: without TLS
     * @param reply the reply to the mail with this number, with CRLF
     */
    public NumberingMailServer(Vertx vertx, @Nullable TestCertificates certificates, IntFunction<String> reply) {
        this.vertx = vertx;
        this.startTls = certificates != null;
        this.reply = reply;
        var options = new NetServerOptions().setHost("127.0.0.1").setPort(0);
        if (certificates != null) {
            options.setKeyCertOptions(new PemKeyCertOptions()
                    .setCertPath(certificates.server().toString())
                    .setKeyPath(certificates.serverKey().toString()));
        }
        server = vertx.createNetServer(options).connectHandler(socket -> new Dialogue(socket).greet());
        server.listen().toCompletionStage().toCompletableFuture().join();
    }

    /** From now on the server sends this text, with CRLF, after each reply to RCPT. */
    public void sendAfterRecipient(String text) {
        afterRecipient = text;
    }

    public int port() {
        return server.actualPort();
    }

    @Override
    public void close() {
        server.close().toCompletionStage().toCompletableFuture().join();
    }

    private final class Dialogue {

        private final NetSocket socket;
        private final ByteArrayOutputStream mail = new ByteArrayOutputStream();
        private boolean data;
        private @Nullable String messageId;

        Dialogue(NetSocket socket) {
            this.socket = socket;
        }

        void greet() {
            socket.handler(RecordParser.newDelimited("\r\n", this::line));
            say("220-numbering\r\n220 ready\r\n");
        }

        private void line(Buffer line) {
            if (data) {
                mail(line);
            } else {
                command(line.toString());
            }
        }

        private void command(String line) {
            switch (line.split("[ :]")[0]) {
                case "EHLO" -> say("250-numbering\r\n250-PIPELINING\r\n"
                        + (startTls && !socket.isSsl() ? "250-STARTTLS\r\n" : "") + "250 SIZE 100000000\r\n");
                case "STARTTLS" -> {
                    say("220 go on\r\n");
                    socket.upgradeToSsl();
                }
                case "DATA" -> {
                    data = true;
                    say("354 go on\r\n");
                }
                case "RCPT" -> say("250 2.1.5 Ok\r\n" + afterRecipient);
                case "QUIT" -> {
                    say("221 bye\r\n");
                    socket.close();
                }
                default -> say("250 2.1.0 Ok\r\n");
            }
        }

        private void mail(Buffer line) {
            var text = line.toString();
            if (!text.equals(".")) {
                mail.writeBytes(line.appendString("\r\n").getBytes());
                if (text.startsWith("Message-ID: ")) {
                    messageId = text.substring(12);
                }
                return;
            }
            data = false;
            connections.add(socket);
            var number = count.incrementAndGet();
            if (messageId != null) {
                numbers.put(messageId, number);
                mails.put(messageId, mail.toByteArray());
            }
            mail.reset();
            vertx.setTimer(ThreadLocalRandom.current().nextInt(1, MAX_PAUSE_MILLIS), _ -> say(reply.apply(number)));
        }

        private void say(String text) {
            socket.write(text);
        }
    }
}

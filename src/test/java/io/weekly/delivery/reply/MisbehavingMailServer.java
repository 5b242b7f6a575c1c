package io.weekly.delivery.reply;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;

/** An SMTP server that gives one reply at one step, and takes everything else. */
public final class MisbehavingMailServer implements AutoCloseable {

    private final ServerSocket socket;
    private final Step step;
    private final List<String> reply;

    /** @param reply the lines, with their codes */
    public MisbehavingMailServer(Step step, List<String> reply) {
        this.step = step;
        this.reply = reply;
        try {
            this.socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Thread.ofVirtual().start(this::accept);
    }

    public int port() {
        return socket.getLocalPort();
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
        try (client;
                var in = new BufferedReader(new InputStreamReader(client.getInputStream(), StandardCharsets.UTF_8))) {
            say(client, Step.GREETING, "220 misbehaving");
            for (var line = in.readLine(); line != null; line = in.readLine()) {
                switch (line.toUpperCase(Locale.ROOT).split("[ :]")[0]) {
                    case "EHLO", "HELO" -> say(client, Step.EHLO, "250-misbehaving", "250-STARTTLS", "250 AUTH PLAIN");
                    case "STARTTLS" -> say(client, Step.STARTTLS, "454 none");
                    case "AUTH" -> say(client, Step.AUTH, "235 welcome");
                    case "MAIL" -> say(client, Step.MAIL, "250 ok");
                    case "RCPT" -> say(client, Step.RCPT, "250 ok");
                    case "DATA" -> {
                        say(client, Step.DATA, "354 go on");
                        if (step != Step.DATA) {
                            while (!".".equals(in.readLine())) {
                                // the mail itself
                            }
                            say(client, Step.AFTER_DATA, "250 taken");
                        }
                    }
                    case "QUIT" -> {
                        write(client, "221 bye");
                        return;
                    }
                    default -> write(client, "250 ok");
                }
            }
        } catch (IOException gone) {
            // The client has disconnected.
        }
    }

    private void say(Socket client, Step at, String... usual) throws IOException {
        for (var line : at == step ? reply : List.of(usual)) {
            write(client, line);
        }
    }

    private static void write(Socket client, String line) throws IOException {
        client.getOutputStream().write((line + "\r\n").getBytes(StandardCharsets.UTF_8));
        client.getOutputStream().flush();
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

package io.weekly.bench;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;

/** An SMTP server that accepts all mails, records when each one was complete, and does nothing else, so that it takes little CPU. */
final class MailSink implements AutoCloseable {

    private static final byte[] END = "\r\n.\r\n".getBytes(StandardCharsets.US_ASCII);

    private final ServerSocket socket;
    private final AtomicLongArray arrivals;
    private final AtomicInteger count = new AtomicInteger();
    private final AtomicLong bytes = new AtomicLong();

    /** @param mails the most that will come */
    MailSink(int mails) {
        arrivals = new AtomicLongArray(mails);
        try {
            socket = new ServerSocket(0, 1_000, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Thread.ofPlatform().daemon().start(this::accept);
    }

    int port() {
        return socket.getLocalPort();
    }

    int count() {
        return count.get();
    }

    /** The size of all mails together, as they came. */
    long bytes() {
        return bytes.get();
    }

    /** When the mails were complete, sorted: values of {@link System#nanoTime}. */
    long[] arrivals() {
        var times = new long[count()];
        Arrays.setAll(times, arrivals::get);
        Arrays.sort(times);
        return times;
    }

    private void accept() {
        while (!socket.isClosed()) {
            try {
                var client = socket.accept();
                client.setTcpNoDelay(true);
                Thread.ofPlatform().daemon().start(() -> serve(client));
            } catch (IOException closed) {
                return;
            }
        }
    }

    private void serve(Socket client) {
        try (client; var in = client.getInputStream()) {
            say(client, "220 sink");
            var line = new StringBuilder();
            for (var b = in.read(); b >= 0; b = in.read()) {
                if (b != '\n') {
                    line.append((char) b);
                } else if (!answer(client, line.toString().strip(), in)) {
                    return;
                } else {
                    line.setLength(0);
                }
            }
        } catch (IOException gone) {
            // The client has disconnected.
        }
    }

    /** Whether the dialogue goes on. */
    private boolean answer(Socket client, String command, InputStream in) throws IOException {
        switch (command) {
            case "DATA" -> {
                say(client, "354 go on");
                readMail(in);
                var number = count.get();
                say(client, "250 2.0.0 Ok: queued as " + number);
            }
            case "QUIT" -> say(client, "221 bye");
            default -> say(client, "250 ok");
        }
        return !command.equals("QUIT");
    }

    /** The client sends nothing after the dot until it has the reply, so the end of a mail is the end of what was read. */
    private void readMail(InputStream in) throws IOException {
        var buffer = new byte[64 * 1024];
        var tail = new byte[END.length];
        while (!Arrays.equals(tail, END)) {
            var read = in.read(buffer);
            if (read < 0) {
                throw new IOException("the client has disconnected in a mail");
            }
            bytes.addAndGet(read);
            var kept = Math.min(read, tail.length);
            System.arraycopy(tail, kept, tail, 0, tail.length - kept);
            System.arraycopy(buffer, read - kept, tail, tail.length - kept, kept);
        }
        synchronized (arrivals) {
            arrivals.set(count.get(), System.nanoTime());
            count.incrementAndGet();
        }
    }

    private static void say(Socket client, String reply) throws IOException {
        client.getOutputStream().write((reply + "\r\n").getBytes(StandardCharsets.US_ASCII));
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}

package io.weekly.chaos;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/** An SMTP server that can misbehave, and that records what it sees. */
final class MailServer implements AutoCloseable {

    private static final int BACKLOG = 50;

    private final int port = Ports.free();
    private final Inbox inbox = new Inbox();
    private final Set<Dialogue> dialogues = ConcurrentHashMap.newKeySet();
    private final Set<Socket> clients = ConcurrentHashMap.newKeySet();
    private volatile Duration usual = Duration.ofMillis(2500);
    private ServerSocket socket;
    private final List<Mood> moods = new ArrayList<>();
    private final Set<Mood> shown = ConcurrentHashMap.newKeySet();

    MailServer() throws IOException {
        open();
    }

    /** Sets the time for one mail. Without it a dialogue would be too short for a kill, and the run for all events. */
    void takes(Duration usual) {
        this.usual = usual;
    }

    Duration usual() {
        return usual;
    }

    int port() {
        return port;
    }

    Inbox inbox() {
        return inbox;
    }

    /** Accepts connections, also after {@link #refuse}. */
    void open() throws IOException {
        var opened = new ServerSocket(port, BACKLOG, InetAddress.getLoopbackAddress());
        socket = opened;
        Thread.ofVirtual().start(() -> accept(opened));
    }

    /** Accepts no new connections. Existing ones stay open. */
    void refuse() throws IOException {
        socket.close();
    }

    /** Adds a mood for some dialogues, after those that were added before. */
    synchronized void feel(Mood mood, int dialogues) {
        moods.addAll(Collections.nCopies(dialogues, mood));
    }

    synchronized Mood moodOfNextConnection() {
        return moods.isEmpty() ? Mood.GOOD : moods.removeFirst();
    }

    /** The mood of the next mail on a kept connection. Moods for the start of a connection wait for a new one. */
    synchronized Mood moodOfNextDialogue() {
        var next = moods.stream().filter(Mood::isForEveryDialogue).findFirst();
        next.ifPresent(moods::remove);
        return next.orElse(Mood.GOOD);
    }

    void showed(Mood mood) {
        shown.add(mood);
    }

    /** The moods that a dialogue has shown. */
    Set<Mood> shown() {
        return Set.copyOf(shown);
    }

    /** Whether this client is sending a mail, and the recipient is known. */
    boolean isSpeakingWith(String client) {
        return dialogues.stream().anyMatch(dialogue -> dialogue.isUnderWay() && dialogue.client().equals(client));
    }

    /** The recipients of the mails that other clients are sending. */
    Set<String> addressesUnderWayExceptOf(String client) {
        return dialogues.stream()
                .filter(dialogue -> dialogue.isUnderWay() && !dialogue.client().equals(client))
                .map(Dialogue::address)
                .collect(Collectors.toSet());
    }

    private void accept(ServerSocket from) {
        while (!from.isClosed()) {
            try {
                var client = from.accept();
                clients.add(client);
                Thread.ofVirtual().start(() -> serve(client));
            } catch (IOException closed) {
                return;
            }
        }
    }

    private void serve(Socket client) {
        var dialogue = new Dialogue(this, inbox, client);
        dialogues.add(dialogue);
        try (client) {
            dialogue.hold();
        } catch (IOException gone) {
            // The client has disconnected. The dialogue knows at which step.
        } finally {
            clients.remove(client);
            dialogues.remove(dialogue);
            dialogue.over();
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
        for (var client : clients) {
            client.close();
        }
    }
}

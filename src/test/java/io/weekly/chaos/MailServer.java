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

/** An SMTP server with moods and a record of its own. */
final class MailServer implements AutoCloseable {

    private static final int WAITING = 50;

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

    /** Over a mail: without it a dialogue is over before anybody can be killed in it, and all of them before all has happened. */
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

    /** Takes connections, after {@link #refuse} again. */
    void open() throws IOException {
        var opened = new ServerSocket(port, WAITING, InetAddress.getLoopbackAddress());
        socket = opened;
        Thread.ofVirtual().start(() -> accept(opened));
    }

    /** Takes no more connections; those that there are stay. */
    void refuse() throws IOException {
        socket.close();
    }

    /** Will be in this mood for some dialogues, after the moods that it has already; then good again. */
    synchronized void feel(Mood mood, int dialogues) {
        moods.addAll(Collections.nCopies(dialogues, mood));
    }

    synchronized Mood moodOfNextConnection() {
        return moods.isEmpty() ? Mood.GOOD : moods.removeFirst();
    }

    /** On a connection that is kept; what concerns its beginning is left to the next new one. */
    synchronized Mood moodOfNextDialogue() {
        var next = moods.stream().filter(Mood::isForEveryDialogue).findFirst();
        next.ifPresent(moods::remove);
        return next.orElse(Mood.GOOD);
    }

    void showed(Mood mood) {
        shown.add(mood);
    }

    /** What a dialogue came to feel so far. */
    Set<Mood> shown() {
        return Set.copyOf(shown);
    }

    /** Whether a mail of this client is under way, its recipient named. */
    boolean isSpeakingWith(String client) {
        return dialogues.stream().anyMatch(dialogue -> dialogue.isUnderWay() && dialogue.client().equals(client));
    }

    /** For whom mails are under way, but those of one client. */
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
            // The client went away: the dialogue has noted where.
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

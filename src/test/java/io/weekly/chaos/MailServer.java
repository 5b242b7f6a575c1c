package io.weekly.chaos;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** An SMTP server with moods and a record of its own. */
final class MailServer implements AutoCloseable {

    private static final int WAITING = 50;

    private final int port = Ports.free();
    private final Inbox inbox = new Inbox();
    private final Set<Dialogue> dialogues = ConcurrentHashMap.newKeySet();
    private final Set<Socket> clients = ConcurrentHashMap.newKeySet();
    private ServerSocket socket;
    private Mood mood = Mood.GOOD;
    private int dialoguesLeft;

    MailServer() throws IOException {
        open();
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

    /** Is in this mood for its next dialogues, then good again. */
    synchronized void feel(Mood next, int dialogues) {
        mood = next;
        dialoguesLeft = dialogues;
    }

    synchronized Mood moodOfNextDialogue() {
        if (dialoguesLeft == 0) {
            return Mood.GOOD;
        }
        dialoguesLeft--;
        return mood;
    }

    /** Whether a mail of this client is under way, its recipient named. */
    boolean isSpeakingWith(String client) {
        return dialogues.stream().anyMatch(dialogue -> dialogue.isUnderWayWith(client));
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

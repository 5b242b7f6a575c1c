package io.weekly.chaos;

import io.weekly.chaos.Mood.Answer;
import io.weekly.chaos.Mood.Step;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Locale;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Pattern;

/** The connection of one client, which sends one mail after another. */
final class Dialogue {

    private static final Duration SLOW = Duration.ofSeconds(2);
    private static final Pattern BRACKETS = Pattern.compile("<([^>]*)>");

    private final MailServer server;
    private final Inbox inbox;
    private final Socket client;
    private Mood mood;
    private volatile String from = "";
    private volatile String to = "";
    private volatile boolean underWay;

    Dialogue(MailServer server, Inbox inbox, Socket client) {
        this.server = server;
        this.inbox = inbox;
        this.client = client;
    }

    /** Returns when one side closes the connection. */
    void hold() throws IOException {
        var in = new BufferedReader(new InputStreamReader(client.getInputStream(), StandardCharsets.UTF_8));
        begin(server.moodOfNextConnection());
        if (!answer(in, Step.GREETING, "220 here")) {
            return;
        }
        for (var line = in.readLine(); line != null; line = in.readLine()) {
            switch (line.toUpperCase(Locale.ROOT).split("[ :]")[0]) {
                case "EHLO", "HELO" -> {
                    from = line.substring(line.indexOf(' ') + 1);
                    answer(in, Step.EHLO, "250 ok");
                }
                case "MAIL" -> {
                    if (!underWay) {
                        begin(server.moodOfNextDialogue());
                    }
                    answer(in, Step.MAIL, "250 ok");
                }
                case "RCPT" -> {
                    to = inBrackets(line);
                    answer(in, Step.RCPT, "250 ok");
                }
                case "DATA" -> {
                    if (answer(in, Step.DATA, "354 go on")) {
                        receive(in);
                    }
                }
                case "RSET", "NOOP" -> say("250 ok");
                case "QUIT" -> {
                    underWay = false;
                    say("221 bye");
                    return;
                }
                default -> say("500 what?");
            }
        }
    }

    private void begin(Mood with) {
        mood = with;
        to = "";
        underWay = true;
    }

    private void receive(BufferedReader in) throws IOException {
        var mail = new ArrayList<String>();
        for (var line = in.readLine(); !".".equals(line); line = in.readLine()) {
            if (line == null) {
                return;
            }
            mail.add(line);
        }
        inbox.received(to, ReceivedMail.of(mail));
        if (!mood.refusesAt(Step.CONTENT)) {
            inbox.took(to);
        }
        // Not a wait for a condition: the usual time of a server.
        LockSupport.parkNanos(server.usual().toNanos());
        answer(in, Step.CONTENT, "250 taken");
        underWay = false;
    }

    /** Sends the usual reply, or the one of the mood. Returns whether the dialogue continues. */
    private boolean answer(BufferedReader in, Step step, String usual) throws IOException {
        if (mood.at() != step || mood.answer() == Answer.GOOD) {
            say(usual);
            return true;
        }
        server.showed(mood);
        switch (mood.answer()) {
            case SLOW -> {
                LockSupport.parkNanos(SLOW.toNanos());
                say(usual);
                return true;
            }
            case LATER -> say("451 4.7.1 not now");
            case CLOSING -> {
                underWay = false;
                say("421 4.3.2 going down");
                throw new IOException("closed");
            }
            case NEVER -> {
                // Only a refusal of the address is for good; what is about the sender pauses the domain.
                var refused = step.compareTo(Step.RCPT) >= 0;
                if (refused) {
                    inbox.refusedForGood(to);
                }
                say(refused ? "550 5.1.1 no such mailbox" : "550 5.7.1 never");
            }
            case HANG -> {
                leaveWithoutReply();
                while (in.read() >= 0) {
                    // ignores the rest
                }
                throw new IOException("the client has waited long enough");
            }
            case CUT -> {
                leaveWithoutReply();
                throw new IOException("cut");
            }
            default -> throw new IllegalStateException("unknown mood " + mood);
        }
        underWay = false;
        return false;
    }

    private void leaveWithoutReply() {
        underWay = false;
        inbox.leftWithoutReply(to);
    }

    boolean isUnderWay() {
        return underWay && !to.isEmpty();
    }

    String client() {
        return from;
    }

    String address() {
        return to;
    }

    /** Called when the connection is closed, by either side. */
    void over() {
        if (underWay) {
            inbox.abandoned(to);
        }
    }

    private static String inBrackets(String line) {
        var found = BRACKETS.matcher(line);
        return found.find() ? found.group(1) : "";
    }

    private void say(String line) throws IOException {
        client.getOutputStream().write((line + "\r\n").getBytes(StandardCharsets.UTF_8));
        client.getOutputStream().flush();
    }
}

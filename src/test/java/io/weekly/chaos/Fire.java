package io.weekly.chaos;

import static org.awaitility.Awaitility.await;

import java.sql.SQLException;
import java.time.Duration;

/** Lets the events of a plan happen, and counts the dialogues with the mail server that each of them may have cut. */
final class Fire {

    private static final String CONNECTIONS =
            """
            SELECT id
            FROM information_schema.processlist
            WHERE db = 'chaos' AND id <> CONNECTION_ID()""";

    private static final Duration SPEAKS_WITHIN = Duration.ofSeconds(5);

    private final Arena arena;
    private int cut;

    Fire(Arena arena) {
        this.arena = arena;
    }

    void happen(Event event) throws Exception {
        System.out.printf("Under fire, %d ended: %s%n", arena.ended(), event);
        switch (event) {
            case Event.Kill kill -> {
                arena.fleet().awaitListening(kill.replica());
                if (kill.speaking()) {
                    awaitSpeaking(kill.replica());
                }
                arena.fleet().kill(kill.replica());
                cut += Arena.DELIVERIES;
            }
            case Event.Stop stop -> {
                arena.fleet().awaitListening(stop.replica());
                arena.fleet().stop(stop.replica());
            }
            case Event.KillDatabase kill -> {
                arena.database().kill();
                cut += Fleet.SIZE * Arena.DELIVERIES;
                pass(kill.away());
                arena.database().restart();
            }
            case Event.CutConnections _ -> {
                cutConnections();
                cut += Fleet.SIZE * Arena.DELIVERIES;
            }
            case Event.RefuseMail refuse -> {
                arena.mails().refuse();
                pass(refuse.away());
                arena.mails().open();
            }
            case Event.Moody moody -> arena.mails().feel(moody.mood(), moody.dialogues());
        }
    }

    /** Or until it is clear that this one has nothing to say. */
    private void awaitSpeaking(int replica) {
        var since = System.nanoTime();
        await().pollInterval(Duration.ofMillis(20)).atMost(SPEAKS_WITHIN.plusSeconds(10)).until(
                () -> arena.mails().isSpeakingWith(Fleet.name(replica)) || System.nanoTime() - since > SPEAKS_WITHIN.toNanos());
    }

    private void cutConnections() throws SQLException {
        for (var id : arena.application().column(CONNECTIONS)) {
            try {
                arena.application().sql("KILL " + id);
            } catch (SQLException gone) {
                // It has closed by itself meanwhile.
            }
        }
    }

    private static void pass(Duration time) {
        await().pollDelay(time).atMost(time.plusSeconds(10)).until(() -> true);
    }

    /** Dialogues under way, at most, when a replica or the database failed, and those that the mail server left without a reply. */
    int atStake() {
        return cut + arena.mails().inbox().dialoguesLeftWithoutReply();
    }

    @Override
    public String toString() {
        var inbox = arena.mails().inbox();
        return "dialogues at stake: %d at most, %d of them left by the mail server without a reply; %d broken off by a client"
                .formatted(atStake(), inbox.dialoguesLeftWithoutReply(), inbox.dialoguesAbandoned());
    }
}

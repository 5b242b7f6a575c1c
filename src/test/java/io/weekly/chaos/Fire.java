package io.weekly.chaos;

import static org.awaitility.Awaitility.await;

import java.sql.SQLException;
import java.time.Duration;

/** Lets the events of a plan happen, and notes whose dialogues with the mail server each of them may have cut. */
final class Fire {

    private static final String CONNECTIONS =
            """
            SELECT id
            FROM information_schema.processlist
            WHERE db = 'chaos' AND id <> CONNECTION_ID()""";
    private static final String NOBODY = "";

    private static final Duration SPEAKS_WITHIN = Duration.ofSeconds(5);

    private final Arena arena;
    private final AtStake atStake;

    Fire(Arena arena, AtStake atStake) {
        this.arena = arena;
        this.atStake = atStake;
    }

    void happen(Event event) throws Exception {
        System.out.printf("Under fire, %d ended: %s%n", arena.ended(), event);
        switch (event) {
            case Event.Kill kill -> kill(kill);
            case Event.Stop stop -> {
                arena.fleet().awaitListening(stop.replica());
                // Nothing is at stake: it ends its dialogues.
                arena.fleet().stop(stop.replica(), stop.clock());
            }
            case Event.KillDatabase kill -> {
                atStake.before();
                arena.database().kill();
                pass(kill.away());
                arena.database().restart();
                atStake.after();
            }
            case Event.CutConnections _ -> {
                atStake.before();
                cutConnections();
                atStake.after();
            }
            case Event.RefuseMail refuse -> {
                arena.mails().refuse();
                // A connection that nobody had accepted yet is reset, and its client cannot tell how far it came.
                atStake.allBut(arena.mails().addressesUnderWayExceptOf(NOBODY));
                pass(refuse.away());
                arena.mails().open();
            }
            case Event.Moody moody -> arena.mails().feel(moody.mood(), moody.dialogues());
        }
    }

    private void kill(Event.Kill kill) throws Exception {
        arena.fleet().awaitListening(kill.replica());
        if (kill.speaking()) {
            awaitSpeaking(kill.replica());
        }
        arena.fleet().kill(kill.replica());
        arena.awaitGoneFromDatabase(kill.replica());
        atStake.allBut(arena.mails().addressesUnderWayExceptOf(Fleet.name(kill.replica())));
        arena.fleet().startAgain(kill.replica(), kill.clock());
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
}

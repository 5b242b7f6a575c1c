package io.weekly.chaos;

import static org.awaitility.Awaitility.await;

import java.sql.SQLException;
import java.time.Duration;

/** Executes the events of a plan, and notes which dialogues with the mail server each of them may have interrupted. */
final class EventRunner {

    private static final String CONNECTIONS =
            """
            SELECT id
            FROM information_schema.processlist
            WHERE db = 'chaos' AND id <> CONNECTION_ID()""";
    private static final String NOBODY = "";

    private static final Duration DIALOGUE_TIMEOUT = Duration.ofSeconds(5);

    private final ChaosEnvironment environment;
    private final PossibleDuplicates possibleDuplicates;

    EventRunner(ChaosEnvironment environment, PossibleDuplicates possibleDuplicates) {
        this.environment = environment;
        this.possibleDuplicates = possibleDuplicates;
    }

    void execute(Event event) throws Exception {
        System.out.printf("Under fire, %d ended: %s%n", environment.ended(), event);
        switch (event) {
            case Event.Kill kill -> kill(kill);
            case Event.Stop stop -> {
                environment.fleet().awaitListening(stop.replica());
                // It ends its dialogues first, so no outcome is unknown.
                environment.fleet().stop(stop.replica(), stop.clock());
            }
            case Event.KillDatabase kill -> {
                possibleDuplicates.before();
                environment.database().kill();
                pass(kill.away());
                environment.database().restart();
                possibleDuplicates.after();
            }
            case Event.CutConnections _ -> {
                possibleDuplicates.before();
                cutConnections();
                possibleDuplicates.after();
            }
            case Event.RefuseMail refuse -> {
                environment.mails().refuse();
                // Connections that were not accepted yet are reset. Their clients cannot know how far the dialogue came.
                possibleDuplicates.allBut(environment.mails().addressesUnderWayExceptOf(NOBODY));
                pass(refuse.away());
                environment.mails().open();
            }
            case Event.Moody moody -> environment.mails().feel(moody.mood(), moody.dialogues());
        }
    }

    private void kill(Event.Kill kill) throws Exception {
        environment.fleet().awaitListening(kill.replica());
        if (kill.speaking()) {
            awaitSpeaking(kill.replica());
        }
        environment.fleet().kill(kill.replica());
        environment.awaitGoneFromDatabase(kill.replica());
        possibleDuplicates.allBut(environment.mails().addressesUnderWayExceptOf(Fleet.name(kill.replica())));
        environment.fleet().startAgain(kill.replica(), kill.clock());
    }

    /** Gives up after a while, if the replica has no mail to send. */
    private void awaitSpeaking(int replica) {
        var since = System.nanoTime();
        await().pollInterval(Duration.ofMillis(20)).atMost(DIALOGUE_TIMEOUT.plusSeconds(10)).until(
                () -> environment.mails().isSpeakingWith(Fleet.name(replica)) || System.nanoTime() - since > DIALOGUE_TIMEOUT.toNanos());
    }

    private void cutConnections() throws SQLException {
        for (var id : environment.application().column(CONNECTIONS)) {
            try {
                environment.application().sql("KILL " + id);
            } catch (SQLException gone) {
                // The connection has closed by itself.
            }
        }
    }

    private static void pass(Duration time) {
        await().pollDelay(time).atMost(time.plusSeconds(10)).until(() -> true);
    }
}

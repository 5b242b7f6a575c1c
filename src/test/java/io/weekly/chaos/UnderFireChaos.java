package io.weekly.chaos;

import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Three replicas of the packaged application work while they and everything around them fail, one failure after another. */
class UnderFireChaos {

    /** The maximum time between two events, even if no report ends. */
    private static final Duration MAX_INTERVAL = Duration.ofSeconds(12);
    /** The maximum time for all events together. */
    private static final Duration MAX_DURATION = Duration.ofMinutes(15);

    /** The last event comes when this part of the reports has ended, so that it still affects some. */
    private static final double ENDED_AT_LAST_EVENT = 0.85;

    @Test
    void nothingIsLostAndNothingGoesOutTwiceUnflagged() throws Exception {
        var settings = Settings.fromProperties();
        var plan = Plan.of(settings);
        var events = plan.events();
        say("%s; planned: clocks %s, %s".formatted(settings, plan.clocks(), events));
        try (var environment = new ChaosEnvironment(Map.of(), plan.clocks())) {
            var possibleDuplicates = new PossibleDuplicates(environment.application(), environment.mails().inbox());
            var runner = new EventRunner(environment, possibleDuplicates);
            var began = System.nanoTime();

            environment.mails().takes(settings.dialogue());
            var tenants = new Tenants(environment.application(), settings.reports());
            for (var i = 0; i < events.size(); i++) {
                var ended = (int) ((i + 1) * ENDED_AT_LAST_EVENT * settings.reports() / events.size());
                awaitEnded(environment, tenants, ended, patience(events.size()));
                runner.execute(events.get(i));
            }
            say("all that was planned has happened after %d s; %d ended".formatted(secondsSince(began), environment.ended()));
            environment.awaitFinished(tenants);

            var balance = new Balance(environment.application(), environment.mails().inbox());
            say("%s; %s; %s; %d s".formatted(settings, plan.summary(), balance, secondsSince(began)));
            say(balance.flags(possibleDuplicates));
            say("replicas that ended while they started: " + environment.fleet().endedByThemselves() + "; " + moods(environment));
            balance.nothingIsLostOrStuck(settings.reports());
            balance.everyReportEndedAsTheMailServerSays();
            balance.everyMailCarriesTheStoredFile();
            balance.nothingWentOutTwiceUnflagged();
            balance.onlyPossibleDuplicatesAreFlagged(possibleDuplicates);
            environment.everyLedgerBalances();
        }
    }

    private static Duration patience(int events) {
        var share = MAX_DURATION.dividedBy(Math.max(1, events));
        return share.compareTo(MAX_INTERVAL) < 0 ? share : MAX_INTERVAL;
    }

    private static void awaitEnded(ChaosEnvironment environment, Tenants tenants, int reports, Duration patience) {
        var since = System.nanoTime();
        await().atMost(patience.plus(MAX_INTERVAL)).until(() -> {
            environment.fleet().supervise();
            tenants.startNextWhenReady();
            return System.nanoTime() - since > patience.toNanos() || environment.ended() >= reports;
        });
    }

    private static String moods(ChaosEnvironment environment) {
        var shown = environment.mails().shown();
        var names = Deck.CARDS.stream().filter(shown::contains).map(Mood::toString).collect(Collectors.joining(", "));
        return "%d of %d moods of the mail server came: %s".formatted(shown.size(), Deck.CARDS.size(), names);
    }

    private static long secondsSince(long began) {
        return Duration.ofNanos(System.nanoTime() - began).toSeconds();
    }

    private static void say(String line) {
        System.out.println("Under fire: " + line);
    }
}

package io.weekly.chaos;

import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Three replicas of the packaged application at work, and everything around them fails, one thing after another. */
class UnderFireChaos {

    /** An event waits no longer for its turn: where nothing goes forward, the next one comes all the same. */
    private static final Duration AT_LEAST_EVERY = Duration.ofSeconds(12);
    /** All of them together wait no longer for their turns, however many they are. */
    private static final Duration AT_MOST = Duration.ofMinutes(15);

    /** The last event comes when so many of the reports have ended, so that there is something left for it to hit. */
    private static final double HIT = 0.85;

    @Test
    void nothingIsLostAndNothingGoesOutTwiceUnflagged() throws Exception {
        var settings = Settings.given();
        var plan = Plan.of(settings);
        var events = plan.events();
        say("%s; planned: clocks %s, %s".formatted(settings, plan.clocks(), events));
        try (var arena = new Arena(Map.of(), plan.clocks())) {
            var atStake = new AtStake(arena.application(), arena.mails().inbox());
            var fire = new Fire(arena, atStake);
            var began = System.nanoTime();

            arena.mails().takes(settings.dialogue());
            var tenants = new Tenants(arena.application(), settings.reports());
            for (var i = 0; i < events.size(); i++) {
                awaitEnded(arena, tenants, (int) ((i + 1) * HIT * settings.reports() / events.size()), patience(events.size()));
                fire.happen(events.get(i));
            }
            say("all that was planned has happened after %d s; %d ended".formatted(secondsSince(began), arena.ended()));
            arena.awaitFinished(tenants);

            var balance = new Balance(arena.application(), arena.mails().inbox());
            say("%s; %s; %s; %d s".formatted(settings, plan.sum(), balance, secondsSince(began)));
            say(balance.flags(atStake));
            say("replicas that ended while they started: " + arena.fleet().endedByThemselves() + "; " + moods(arena));
            balance.nothingIsLostOrStuck(settings.reports());
            balance.everyReportEndedAsTheMailServerSays();
            balance.everyMailCarriesTheStoredFile();
            balance.nothingWentOutTwiceUnflagged();
            balance.onlyWhatWasAtStakeIsFlagged(atStake);
            arena.everyLedgerBalances();
        }
    }

    private static Duration patience(int events) {
        var share = AT_MOST.dividedBy(Math.max(1, events));
        return share.compareTo(AT_LEAST_EVERY) < 0 ? share : AT_LEAST_EVERY;
    }

    private static void awaitEnded(Arena arena, Tenants tenants, int reports, Duration patience) {
        var since = System.nanoTime();
        await().atMost(patience.plus(AT_LEAST_EVERY)).until(() -> {
            arena.fleet().supervise();
            tenants.feed();
            return System.nanoTime() - since > patience.toNanos() || arena.ended() >= reports;
        });
    }

    private static String moods(Arena arena) {
        var shown = arena.mails().shown();
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

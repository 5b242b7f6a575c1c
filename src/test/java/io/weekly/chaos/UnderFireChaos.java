package io.weekly.chaos;

import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Three replicas of the packaged application at work, and everything around them fails, one thing after another. */
class UnderFireChaos {

    /** An event waits no longer for its turn: where nothing goes forward, the next one comes all the same. */
    private static final Duration AT_LEAST_EVERY = Duration.ofSeconds(12);

    @Test
    void nothingIsLostAndNothingGoesOutTwiceUnflagged() throws Exception {
        var settings = Settings.given();
        var plan = Plan.of(settings);
        say("%s; planned: %s".formatted(settings, plan.events()));
        try (var arena = new Arena(Map.of())) {
            var fire = new Fire(arena);
            var began = System.nanoTime();

            var tenants = new Tenants(arena.application(), settings.reports());
            for (var i = 0; i < plan.events().size(); i++) {
                awaitEnded(arena, tenants, (i + 1) * settings.reports() / (plan.events().size() + 1));
                fire.happen(plan.events().get(i));
            }
            arena.awaitFinished(tenants);

            var balance = new Balance(arena.application(), arena.mails().inbox());
            say("%s; %s; %s; %d s".formatted(settings, plan.sum(), balance, Duration.ofNanos(System.nanoTime() - began).toSeconds()));
            say(fire + "; replicas that ended while they started: " + arena.fleet().endedByThemselves());
            balance.nothingIsLostOrStuck(settings.reports());
            balance.everyReportEndedAsTheMailServerSays();
            balance.nothingWentOutTwiceUnflagged(fire.atStake());
            arena.everyLedgerBalances();
        }
    }

    private static void awaitEnded(Arena arena, Tenants tenants, int reports) {
        var since = System.nanoTime();
        await().atMost(AT_LEAST_EVERY.multipliedBy(2)).until(() -> {
            arena.fleet().supervise();
            tenants.feed();
            return System.nanoTime() - since > AT_LEAST_EVERY.toNanos() || arena.ended() >= reports;
        });
    }

    private static void say(String line) {
        System.out.println("Under fire: " + line);
    }
}

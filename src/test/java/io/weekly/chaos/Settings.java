package io.weekly.chaos;

import java.time.Duration;
import java.util.Random;

/**
 * The size of the test, from system properties.
 *
 * @param seed the same seed gives the same events in the same order
 * @param reports the number of reports of all tenants
 * @param kills the number of SIGKILLs of replicas
 * @param others there are as many other events as usual for this number of kills
 */
record Settings(long seed, int reports, int kills, int others) {

    /** More of the other events would make a long run longer without showing more. */
    private static final int MAX_OTHERS = 20;

    /** The duration of a mail. With few mails it has to be long, so that kills interrupt some of them. */
    Duration dialogue() {
        return Duration.ofMillis(reports <= 1000 ? 2500 : 1000);
    }

    static Settings fromProperties() {
        var kills = Integer.getInteger("weekly.chaos.kills", 20);
        return new Settings(
                Long.getLong("weekly.chaos.seed", new Random().nextLong(1_000_000)),
                Integer.getInteger("weekly.chaos.reports", 600),
                kills,
                Integer.getInteger("weekly.chaos.others", Math.min(kills, MAX_OTHERS)));
    }

    @Override
    public String toString() {
        return "-Dweekly.chaos.seed=%d -Dweekly.chaos.reports=%d -Dweekly.chaos.kills=%d -Dweekly.chaos.others=%d"
                .formatted(seed, reports, kills, others);
    }
}

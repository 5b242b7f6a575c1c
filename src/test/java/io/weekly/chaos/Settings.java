package io.weekly.chaos;

import java.time.Duration;
import java.util.Random;

/**
 * How large and how wild, by system properties.
 *
 * @param seed decides on the plan: the same number, the same events in the same order
 * @param reports how many are due, all tenants together
 * @param kills SIGKILLs of replicas
 * @param others the other events come in the proportion in which they come with so many kills
 */
record Settings(long seed, int reports, int kills, int others) {

    /** More of everything else makes a long run longer and shows nothing new. */
    private static final int MOST_OTHERS = 20;

    /** A few hundred mails are gone before anybody is killed over them; of thousands there are always some under way. */
    Duration dialogue() {
        return Duration.ofMillis(reports <= 1000 ? 2500 : 1000);
    }

    static Settings given() {
        var kills = Integer.getInteger("weekly.chaos.kills", 20);
        return new Settings(
                Long.getLong("weekly.chaos.seed", new Random().nextLong(1_000_000)),
                Integer.getInteger("weekly.chaos.reports", 600),
                kills,
                Integer.getInteger("weekly.chaos.others", Math.min(kills, MOST_OTHERS)));
    }

    @Override
    public String toString() {
        return "-Dweekly.chaos.seed=%d -Dweekly.chaos.reports=%d -Dweekly.chaos.kills=%d -Dweekly.chaos.others=%d"
                .formatted(seed, reports, kills, others);
    }
}

package io.weekly.chaos;

import java.util.Random;

/**
 * How large and how wild, by system properties.
 *
 * @param seed decides on the plan: the same number, the same events in the same order
 * @param reports how many are due, all tenants together
 * @param kills SIGKILLs of processes; the other events are in proportion
 */
record Settings(long seed, int reports, int kills) {

    static Settings given() {
        return new Settings(
                Long.getLong("weekly.chaos.seed", new Random().nextLong(1_000_000)),
                Integer.getInteger("weekly.chaos.reports", 600),
                Integer.getInteger("weekly.chaos.kills", 20));
    }

    @Override
    public String toString() {
        return "-Dweekly.chaos.seed=%d -Dweekly.chaos.reports=%d -Dweekly.chaos.kills=%d".formatted(seed, reports, kills);
    }
}

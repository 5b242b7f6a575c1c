package io.weekly.bench;

import java.lang.management.ManagementFactory;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;

/**
 * The heap while something happens: what is live before and after, by a collection, and the most that was in use in between, garbage
 * included, looked at every twenty milliseconds.
 *
 * @param before megabytes
 * @param most megabytes
 * @param after megabytes
 */
public record Memory(double before, double most, double after) {

    private static final int LOOK_EVERY_MILLIS = 20;

    public interface Work {
        void run() throws Exception;
    }

    /** Runs the work. */
    public static Memory of(Work work) throws Exception {
        var before = live();
        var ended = new CountDownLatch(1);
        Callable<Double> look = () -> {
            var most = used();
            while (!ended.await(LOOK_EVERY_MILLIS, TimeUnit.MILLISECONDS)) {
                most = Math.max(most, used());
            }
            return most;
        };
        var looking = new FutureTask<>(look);
        Thread.ofPlatform().daemon().start(looking);
        try {
            work.run();
        } finally {
            ended.countDown();
        }
        return new Memory(before, looking.get(), live());
    }

    private static double live() {
        System.gc();
        return used();
    }

    private static double used() {
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed() / 1e6;
    }

    @Override
    public String toString() {
        return "heap: live before %.1f MB, in use at most %.1f MB, live after %.1f MB".formatted(before, most, after);
    }
}

package io.weekly.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.weekly.testing.Application;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * Three processes share a send rate. Measured at the mail server: no second, wherever it begins, sees more than the rate and a tenth, and
 * at least nine tenths of the rate are used. {@code -Dweekly.bench.shared-mails} is the number of mails.
 */
class SharedRateProcessBench {

    private static final int MAILS = Integer.getInteger("weekly.bench.shared-mails", 2000);
    private static final int RATE = 20;
    private static final int MAX_IN_A_SECOND = RATE * 11 / 10;
    private static final double MIN_USED = 0.9;
    private static final int PROCESSES = 3;
    private static final long SECOND = Duration.ofSeconds(1).toNanos();

    @Test
    void noSecondSeesMoreThanTheRate() throws Exception {
        try (var mails = new StoredMails(MAILS, Map.of("weekly.delivery.rate-per-second", String.valueOf(RATE)))) {
            var processes = new ArrayList<Application.Running>();
            for (var i = 0; i < PROCESSES; i++) {
                processes.add(mails.startDelivering("bench-rate-" + i, List.of("-Xmx512m")));
            }
            StoredMails.deliver(processes.getFirst());
            mails.awaitMails(MAILS, Duration.ofSeconds(60 + 2L * MAILS / RATE));
            mails.awaitDelivered();

            var arrivals = mails.sink().arrivals();
            var most = mostInASecond(arrivals);
            var used = (MAILS - 1) / ((arrivals[MAILS - 1] - arrivals[0]) / 1e9) / RATE;
            System.out.printf("%d mails of %d processes at %d a second: at most %d in a second, %.1f %% of the rate used%n",
                    MAILS, PROCESSES, RATE, most, 100 * used);
            assertThat(most).as("mails in a second").isLessThanOrEqualTo(MAX_IN_A_SECOND);
            assertThat(used).as("the part of the rate that was used").isGreaterThanOrEqualTo(MIN_USED);
        }
    }

    /** In the worst second, wherever it begins. */
    private static int mostInASecond(long[] arrivals) {
        var most = 0;
        for (int first = 0, end = 0; first < arrivals.length; first++) {
            while (end < arrivals.length && arrivals[end] - arrivals[first] < SECOND) {
                end++;
            }
            most = Math.max(most, end - first);
        }
        return most;
    }
}

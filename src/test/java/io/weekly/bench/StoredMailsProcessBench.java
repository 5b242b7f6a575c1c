package io.weekly.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.weekly.testing.Application;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * How fast one process hands over mails that are stored, without a limit of the send rate, and whether its memory grows.
 *
 * <ul>
 * <li>{@code -Dweekly.bench.stored-mails}: the number of mails
 * <li>{@code -Dweekly.bench.deliveries}: how many at the same time
 * <li>{@code -Dweekly.bench.jfr}: a file for a profile of the process (Java Flight Recorder)
 * </ul>
 */
class StoredMailsProcessBench {

    private static final int MAILS = Integer.getInteger("weekly.bench.stored-mails", 10_000);
    private static final int DELIVERIES = Integer.getInteger("weekly.bench.deliveries", 32);
    private static final String PROFILE = System.getProperty("weekly.bench.jfr", "");
    /** Live heap may differ by this much: caches fill, and code is compiled. */
    private static final double MAX_GROWTH_MEGABYTES = 10;

    @Test
    void storedMailsToOneServer() throws Exception {
        var settings = Map.of(
                "weekly.delivery.rate-per-second", "100000",
                "weekly.worker.max-deliveries", String.valueOf(DELIVERIES));
        try (var mails = new StoredMails(MAILS, settings)) {
            var process = mails.startDelivering("bench-stored", options());
            var cpu = cpu(process);
            StoredMails.deliver(process);
            var live = new ArrayList<Double>();
            for (var part : List.of(0.2, 0.6, 1.0)) {
                mails.awaitMails((int) (part * MAILS), Duration.ofSeconds(60 + MAILS / 20));
                live.add(liveMegabytes(process));
            }
            mails.awaitDelivered();
            cpu = cpu(process).minus(cpu);

            var arrivals = mails.sink().arrivals();
            System.out.printf("%d stored mails of %d kB, %d at a time: %.0f a second, CPU of the process %.2f s per 1,000%n",
                    MAILS, mails.sink().bytes() / MAILS / 1000, DELIVERIES,
                    (MAILS - 1) / ((arrivals[MAILS - 1] - arrivals[0]) / 1e9), cpu.toMillis() / (double) MAILS);
            System.out.printf("live heap after a fifth %.1f MB, after three fifths %.1f MB, after all %.1f MB%n", live.toArray());
            process.stop();
            assertThat(live).as("live heap in MB").allMatch(later -> later <= live.getFirst() + MAX_GROWTH_MEGABYTES);
        }
    }

    private static List<String> options() {
        var option = "-XX:StartFlightRecording=settings=profile,filename=" + Path.of(PROFILE).toAbsolutePath();
        return PROFILE.isEmpty() ? List.of() : List.of(option);
    }

    private static Duration cpu(Application.Running process) {
        return process.process().info().totalCpuDuration().orElseThrow();
    }

    /** After a collection. The last line of the histogram has the sum of all objects. */
    private static double liveMegabytes(Application.Running process) throws IOException {
        var jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd").toString();
        var histogram = new ProcessBuilder(jcmd, String.valueOf(process.process().pid()), "GC.class_histogram").start();
        try (var lines = histogram.inputReader(StandardCharsets.UTF_8)) {
            var total = lines.lines().filter(line -> line.startsWith("Total")).findFirst().orElseThrow();
            return Long.parseLong(total.trim().split("\\s+")[2]) / 1e6;
        }
    }
}

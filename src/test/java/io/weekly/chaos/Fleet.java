package io.weekly.chaos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.weekly.testing.Application;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The replicas of the application. Restarts them when they end, like an orchestrator. */
final class Fleet {

    static final int SIZE = 3;
    private static final Duration START_TIMEOUT = Duration.ofSeconds(90);
    private static final Duration SHUTDOWN_TIMEOUT = Duration.ofSeconds(90);
    /** Several replicas run on one machine. */
    private static final List<String> JVM_OPTIONS = List.of("-Xmx512m");

    private final Application application;
    private final List<Duration> clocks;
    private final List<Application.Running> replicas = new ArrayList<>();
    private final Map<Integer, Long> stoppingSince = new HashMap<>();
    private int endedByThemselves;

    /**
     * Starts them. The first starts alone, because it migrates the database.
     *
     * @param clocks the offsets of their clocks
     */
    Fleet(Application application, List<Duration> clocks) throws IOException {
        this.application = application;
        this.clocks = new ArrayList<>(clocks);
        replicas.add(start(0));
        replicas.getFirst().address();
        for (var i = 1; i < SIZE; i++) {
            replicas.add(start(i));
        }
    }

    /** The first replica keeps its connections to the mail server, which is the default. The others use a new connection for each mail. */
    private Application.Running start(int i) throws IOException {
        return application.start(name(i), Map.of(
                "quarkus.datasource.username", name(i),
                "weekly.clock.offset", clocks.get(i).toString(),
                "quarkus.mailer.keep-alive", String.valueOf(i == 0),
                "quarkus.mailer.own-host-name", name(i)), JVM_OPTIONS);
    }

    /** Its name for the mail server and the database. */
    static String name(int i) {
        return "chaos-" + i;
    }

    void kill(int i) throws InterruptedException {
        replicas.get(i).kill();
    }

    /** Starts a killed replica again, with this offset of its clock. */
    void startAgain(int i, Duration clock) throws IOException {
        clocks.set(i, clock);
        replicas.set(i, start(i));
    }

    /** SIGTERM. It is started again when it has ended, with this offset of its clock. */
    void stop(int i, Duration clock) {
        replicas.get(i).askToStop();
        clocks.set(i, clock);
        stoppingSince.put(i, System.nanoTime());
    }

    /** Waits until it listens, because only a running replica can be disturbed. */
    void awaitListening(int i) {
        await().atMost(START_TIMEOUT).until(() -> {
            supervise();
            return !stoppingSince.containsKey(i) && replicas.get(i).listens();
        });
    }

    /** Restarts replicas that have ended. A replica may end by itself during its start, if there is no database. */
    void supervise() throws IOException {
        for (var i = 0; i < SIZE; i++) {
            var replica = replicas.get(i);
            var stopping = stoppingSince.get(i);
            if (stopping != null) {
                startWhenStopped(i, replica, stopping);
            } else if (!replica.process().isAlive()) {
                assertThat(replica.listens()).as("a replica that had started has ended by itself; see " + replica.log()).isFalse();
                endedByThemselves++;
                replicas.set(i, start(i));
            }
        }
    }

    private void startWhenStopped(int i, Application.Running replica, long since) throws IOException {
        if (!replica.process().isAlive()) {
            stoppingSince.remove(i);
            replicas.set(i, start(i));
        } else {
            var seconds = (System.nanoTime() - since) / 1_000_000_000;
            assertThat(seconds)
                    .as("seconds since a replica was asked to end; see " + replica.log())
                    .isLessThan(SHUTDOWN_TIMEOUT.toSeconds());
        }
    }

    /** Whether the log of a replica has these words. */
    boolean hasSaid(String words) throws IOException {
        for (var replica : replicas) {
            if (Files.readString(replica.log()).contains(words)) {
                return true;
            }
        }
        return false;
    }

    int endedByThemselves() {
        return endedByThemselves;
    }

    /** The address of the first replica, when it listens. */
    String address() {
        awaitListening(0);
        return replicas.getFirst().address();
    }
}

package io.weekly.chaos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.weekly.testing.Application;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The replicas of the application, and who starts them again when they end: what an orchestrator does. */
final class Fleet {

    static final int SIZE = 3;
    private static final Duration STARTS_WITHIN = Duration.ofSeconds(90);

    private final Application application;
    private final List<Application.Running> replicas = new ArrayList<>();
    private int endedByThemselves;

    /** Starts them; the first alone, for it migrates the database. */
    Fleet(Application application) throws IOException {
        this.application = application;
        replicas.add(start(0));
        replicas.getFirst().address();
        for (var i = 1; i < SIZE; i++) {
            replicas.add(start(i));
        }
    }

    /** One keeps its connections to the mail server, as it does by default; the others speak of one mail on each. */
    private Application.Running start(int i) throws IOException {
        return application.start(name(i), Map.of(
                "quarkus.mailer.keep-alive", String.valueOf(i == 0),
                "quarkus.mailer.own-host-name", name(i)));
    }

    /** What it calls itself towards the mail server. */
    static String name(int i) {
        return "chaos-" + i;
    }

    void kill(int i) throws IOException, InterruptedException {
        replicas.get(i).kill();
        replicas.set(i, start(i));
    }

    void stop(int i) throws IOException, InterruptedException {
        replicas.get(i).stop();
        replicas.set(i, start(i));
    }

    /** What has not started cannot be disturbed in its work. */
    void awaitListening(int i) {
        await().atMost(STARTS_WITHIN).until(() -> {
            supervise();
            return replicas.get(i).listens();
        });
    }

    /** Starts again what has ended by itself: that may happen to one that has just been started, when it finds no database. */
    void supervise() throws IOException {
        for (var i = 0; i < SIZE; i++) {
            var replica = replicas.get(i);
            if (!replica.process().isAlive()) {
                assertThat(replica.listens()).as("a replica that had started has ended by itself; see " + replica.log()).isFalse();
                endedByThemselves++;
                replicas.set(i, start(i));
            }
        }
    }

    int endedByThemselves() {
        return endedByThemselves;
    }

    /** Where the first listens, once it does. */
    String address() {
        awaitListening(0);
        return replicas.getFirst().address();
    }
}

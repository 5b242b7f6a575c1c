package io.weekly.database;

import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeoutException;
import org.flywaydb.core.Flyway;
import org.jboss.logging.Logger;

/**
 * Migrates the database at start, before anything else uses it. While the database is away, the process waits: it listens on no port, and
 * no timer or lane runs. Quarkus itself would end the process. A failure that waiting cannot cure ends the process at once.
 */
@ApplicationScoped
class Migrations {

    private static final Logger LOG = Logger.getLogger(Migrations.class);
    private static final Duration PAUSE = Duration.ofSeconds(1);
    /** A reason is logged when it comes for the first time. A server that stops or starts gives a few. */
    private static final int MAX_REASONS = 5;
    private static final int BEFORE_ALL_OTHERS = Integer.MIN_VALUE;
    private static final int EXIT_CODE_OF_SIGTERM = 143;

    /**
     * Answers that only other settings of this process can change: there is no such database; the server needs an authentication that this
     * client does not have; the server needs TLS.
     */
    private static final Set<Integer> WRONG_SETTINGS = Set.of(1049, 1251, 3159);
    /** The driver refuses to ask the server for its key. It gives this failure no code of its own. */
    private static final String KEY_NOT_ALLOWED = "Public Key Retrieval is not allowed";

    private final Flyway flyway;
    private final DatabaseAvailability availability;

    Migrations(Flyway flyway, DatabaseAvailability availability) {
        this.flyway = flyway;
        this.availability = availability;
    }

    void migrate(@Observes @Priority(BEFORE_ALL_OTHERS) StartupEvent event) {
        if (waitFor(flyway::migrate)) {
            availability.waited();
        }
    }

    /**
     * Runs the work until it succeeds. Fails if the work fails for another reason than an unavailable database.
     *
     * @return whether the database was away
     */
    static boolean waitFor(Runnable work) {
        var reason = reasonToWait(work);
        if (reason.isEmpty()) {
            return false;
        }
        var stop = new Thread(Migrations::stop, "stop-waiting");
        Runtime.getRuntime().addShutdownHook(stop);
        try {
            await(work, reason.get());
        } finally {
            Runtime.getRuntime().removeShutdownHook(stop);
        }
        return true;
    }

    /** A signal ends the wait at once. Nothing has started yet that could be stopped in order. */
    private static void stop() {
        LOG.info("stopped while waiting for the database");
        Runtime.getRuntime().halt(EXIT_CODE_OF_SIGTERM);
    }

    private static void await(Runnable work, String first) {
        var began = System.nanoTime();
        var logged = new HashSet<String>();
        for (var reason = Optional.of(first); reason.isPresent(); reason = reasonToWait(work)) {
            if (logged.size() < MAX_REASONS && logged.add(reason.get())) {
                LOG.error("the database is away; this process starts when it answers: " + reason.get());
            }
            pause();
        }
        var waited = Duration.ofNanos(System.nanoTime() - began);
        LOG.info("the database answers, after %d s; this process starts".formatted(waited.toSeconds()));
    }

    /** Tries the work once. Empty if it succeeded. */
    private static Optional<String> reasonToWait(Runnable work) {
        try {
            work.run();
            return Optional.empty();
        } catch (RuntimeException failure) {
            return Optional.of(reasonToWait(failure).orElseThrow(() -> failure));
        }
    }

    /** The message of the server or driver if the database is away; empty if waiting cannot help. */
    static Optional<String> reasonToWait(Throwable failure) {
        for (var cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException answer) {
                return isAway(answer) ? Optional.of(message(answer)) : Optional.empty();
            }
        }
        return Optional.empty();
    }

    private static boolean isAway(SQLException answer) {
        if (WRONG_SETTINGS.contains(answer.getErrorCode()) || String.valueOf(answer.getMessage()).contains(KEY_NOT_ALLOWED)) {
            return false;
        }
        // The pool gives up after its own time limit if the server does not answer.
        return DatabaseFault.of(answer).isPresent() || answer.getCause() instanceof TimeoutException;
    }

    /** The driver's message has several lines, and does not say why there is no connection: its cause does. */
    private static String message(SQLException answer) {
        Throwable root = answer;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        var message = String.valueOf(answer.getMessage()).lines().findFirst().orElse("");
        return root == answer ? message : "%s (%s)".formatted(message, root.getMessage());
    }

    private static void pause() {
        try {
            Thread.sleep(PAUSE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while waiting for the database", e);
        }
    }
}

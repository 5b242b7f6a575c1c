package io.weekly.ops;

import io.quarkus.scheduler.FailedExecution;
import io.quarkus.scheduler.SuccessfulExecution;
import io.weekly.database.DatabaseAwayException;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jboss.logging.Logger;

/**
 * Logs the failures of scheduled methods, except those of an unavailable database. A failure that repeats is logged once, until the method
 * succeeds: some timers run each second. The scheduler's own log lines are switched off in {@code application.properties}, because it logs
 * a stack trace for each timer and tick, even during a database outage.
 */
@ApplicationScoped
class TimerLog {

    private static final Logger LOG = Logger.getLogger(TimerLog.class);

    /** The last failure of each method that has not succeeded since. */
    private final Map<String, String> failures = new ConcurrentHashMap<>();

    void failed(@Observes FailedExecution failed) {
        var method = failed.getExecution().getTrigger().getMethodDescription();
        var failure = String.valueOf(failed.getException());
        if (DatabaseAwayException.isNot(failed.getException()) && !failure.equals(failures.put(method, failure))) {
            LOG.errorf(failed.getException(), "%s failed; its timer will run it again", method);
        }
    }

    void succeeded(@Observes SuccessfulExecution succeeded) {
        failures.remove(succeeded.getExecution().getTrigger().getMethodDescription());
    }
}

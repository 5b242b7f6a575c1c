package io.weekly.ops;

import io.quarkus.scheduler.FailedExecution;
import io.weekly.database.DatabaseAwayException;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import org.jboss.logging.Logger;

/**
 * Logs the failures of scheduled methods, except those of an unavailable database. The scheduler's own log lines are switched off in
 * {@code application.properties}, because it logs a stack trace for each timer and tick, even during a database outage.
 */
@ApplicationScoped
class TimerLog {

    private static final Logger LOG = Logger.getLogger(TimerLog.class);

    void failed(@Observes FailedExecution failed) {
        if (DatabaseAwayException.isNot(failed.getException())) {
            LOG.errorf(failed.getException(), "%s failed; its timer will run it again",
                    failed.getExecution().getTrigger().getMethodDescription());
        }
    }
}

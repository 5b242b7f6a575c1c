package io.weekly.ops;

import io.quarkus.scheduler.FailedExecution;
import io.weekly.database.DatabaseAwayException;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import org.jboss.logging.Logger;

/**
 * The one place that logs what the scheduler's timers called and what failed. The scheduler's own lines say the same and are switched off
 * ({@code application.properties}): it logs a stack for each timer and tick, also while all that is wrong is that the database is away.
 */
@ApplicationScoped
class TimerLog {

    private static final Logger LOG = Logger.getLogger(TimerLog.class);

    void failed(@Observes FailedExecution failed) {
        if (DatabaseAwayException.isNot(failed.getException())) {
            LOG.errorf(failed.getException(), "%s failed; its timer tries again",
                    failed.getExecution().getTrigger().getMethodDescription());
        }
    }
}

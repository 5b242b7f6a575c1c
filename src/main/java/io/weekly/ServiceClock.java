package io.weekly;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import java.time.Clock;
import java.time.Duration;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

/**
 * The clock of all beans. Jobs and leases, the worker registry, the send rate, and the waits and owner mails of runs use the clock of the
 * database instead.
 */
final class ServiceClock {

    private static final Logger LOG = Logger.getLogger(ServiceClock.class);

    /** @param offset added to the system's time, to test a wrong clock */
    @Produces
    @ApplicationScoped
    Clock clock(@ConfigProperty(name = "weekly.clock.offset", defaultValue = "0s") Duration offset) {
        if (!offset.isZero()) {
            LOG.warnf("the clock of this process is off by %s: weekly.clock.offset is for tests", offset);
        }
        return Clock.offset(Clock.systemUTC(), offset);
    }
}

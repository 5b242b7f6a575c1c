package io.weekly;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import java.time.Clock;
import java.time.Duration;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

/** The one clock that everything asks for the time. Leases alone go by the database's. */
final class ServiceClock {

    private static final Logger LOG = Logger.getLogger(ServiceClock.class);

    /** @param offset how far off it is: for tests of what happens when it is wrong */
    @Produces
    @ApplicationScoped
    Clock clock(@ConfigProperty(name = "weekly.clock.offset", defaultValue = "0s") Duration offset) {
        if (!offset.isZero()) {
            LOG.warnf("the clock of this process is off by %s: weekly.clock.offset is for tests", offset);
        }
        return Clock.offset(Clock.systemUTC(), offset);
    }
}

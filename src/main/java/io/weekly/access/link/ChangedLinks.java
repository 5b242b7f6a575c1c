package io.weekly.access.link;

import io.weekly.audit.OncePerDay;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import org.jboss.logging.Logger;

/** Tells operators about links whose row is not the one that the service made: one log line for each link and day. */
@ApplicationScoped
class ChangedLinks {

    private static final Logger LOG = Logger.getLogger(ChangedLinks.class);

    private final OncePerDay told;

    ChangedLinks(Clock clock) {
        this.told = new OncePerDay(clock);
    }

    /** Logs it, unless this process has logged it in the last 24 hours. */
    void report(LinkTerms found) {
        if (told.isNew(found.id())) {
            LOG.errorf("the row of link %s was changed in the database, so it opens nothing: it now names report %s of tenant %d:"
                    + " docs/links.md", found.id(), found.reportId(), found.tenantId());
        }
    }
}

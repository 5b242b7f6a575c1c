package io.weekly.access.link;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jboss.logging.Logger;

/**
 * Tells operators about links whose row is not the one that the service made: one log line for each link and day, even if it is opened
 * often. Each process tells for itself.
 */
@ApplicationScoped
class ChangedLinks {

    private static final Logger LOG = Logger.getLogger(ChangedLinks.class);
    private static final Duration QUIET = Duration.ofDays(1);
    /** More links at a time than this are told again. */
    private static final int MAX_LINKS = 10_000;

    private final Clock clock;
    private final Map<String, Instant> toldById = new LinkedHashMap<>();

    ChangedLinks(Clock clock) {
        this.clock = clock;
    }

    /** Logs it, unless this process has logged it in the last 24 hours. */
    void report(LinkTerms found) {
        if (isNew(found.id())) {
            LOG.errorf("the row of link %s was changed in the database, so it opens nothing: it now names report %s of tenant %d:"
                    + " docs/links.md", found.id(), found.reportId(), found.tenantId());
        }
    }

    private synchronized boolean isNew(String id) {
        var now = clock.instant();
        var told = toldById.get(id);
        if (told != null && now.isBefore(told.plus(QUIET))) {
            return false;
        }
        toldById.remove(id);
        toldById.put(id, now);
        if (toldById.size() > MAX_LINKS) {
            toldById.remove(toldById.keySet().iterator().next());
        }
        return true;
    }
}

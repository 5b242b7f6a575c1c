package io.weekly.owner;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.enterprise.context.ApplicationScoped;
import org.jboss.logging.Logger;

/**
 * Writes all log lines and meters about letters to owners. No line has an address or a reply of a mail server, which may quote one; the
 * audit events have them. docs/monitoring.md lists what operators watch.
 */
@ApplicationScoped
class OwnerEvents {

    private static final Logger LOG = Logger.getLogger("io.weekly.owners");

    private final Counter sent;
    private final Counter redirected;
    private final Counter undelivered;

    /** Registers all counters at the start: an alert on the increase of a counter misses the count with which it appears. */
    OwnerEvents(MeterRegistry meters) {
        sent = letters(meters, "sent");
        redirected = letters(meters, "redirected");
        undelivered = letters(meters, "undelivered");
    }

    private static Counter letters(MeterRegistry meters, String outcome) {
        return Counter.builder("weekly.owner.letter")
                .description("Letters to owners of schedules: taken by the mail server, redirected to the fallback address, or given up")
                .tags("outcome", outcome)
                .register(meters);
    }

    void sent() {
        sent.increment();
    }

    /** The address of the owner bounced, and the letter goes to the fallback address of the tenant. */
    void redirected(Letter letter) {
        redirected.increment();
        LOG.warnf("tenant %s: the address of an owner bounced; the letter about %s (%s) goes to the fallback address", letter.slug(),
                letter.kind().words(), letter.id());
    }

    /** Nobody gets the letter. */
    void notTold(Letter letter) {
        undelivered.increment();
        LOG.errorf("tenant %s: the letter to an owner about %s (%s) was given up; the audit event %s of %s has the reason", letter.slug(),
                letter.kind().words(), letter.id(), letter.kind().notTold(), letter.auditSubject());
    }

    /** The address of the owner and the fallback address bounced. */
    void fallbackBounced(Letter letter) {
        undelivered.increment();
        LOG.errorf("tenant %s: the address of an owner and the fallback address bounced; the letter about %s (%s) ends", letter.slug(),
                letter.kind().words(), letter.id());
    }

    void letterFailed(Letter letter, Throwable failure) {
        LOG.errorf(failure, "tenant %s: the letter about %s (%s) failed; it is tried again", letter.slug(), letter.kind().words(),
                letter.id());
    }

    void digestFailed(String slug, Throwable failure) {
        LOG.errorf(failure, "tenant %s: its weekly digests could not be written; the next pass tries again", slug);
    }

    void digestsWritten(String slug, int letters) {
        if (letters > 0) {
            LOG.infof("tenant %s: %d weekly digests to owners were written", slug, letters);
        }
    }
}

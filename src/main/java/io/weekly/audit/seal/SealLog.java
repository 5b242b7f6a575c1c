package io.weekly.audit.seal;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.weekly.database.Utc;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDateTime;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.jboss.logging.Logger;

/**
 * Writes all log lines and meters about seals. The category {@code weekly.audit.seal} has one line for each seal and nothing else, so that
 * it can be sent to a place of its own. docs/monitoring.md lists them.
 */
@ApplicationScoped
class SealLog {

    private static final Logger SEALS = Logger.getLogger("weekly.audit.seal");
    private static final Logger LOG = Logger.getLogger("io.weekly.audit");

    private final AtomicReference<Optional<LocalDateTime>> oldestUnsealed = new AtomicReference<>(Optional.empty());

    SealLog(MeterRegistry meters, Clock clock) {
        Gauge.builder("weekly.audit.unsealed.age", () -> age(clock).toMillis() / 1000.0)
                .description("The age of the oldest audit event that no seal covers")
                .baseUnit("seconds")
                .register(meters);
    }

    private Duration age(Clock clock) {
        return oldestUnsealed.get().map(at -> Duration.between(Utc.instant(at), clock.instant())).orElse(Duration.ZERO);
    }

    void oldestUnsealed(Optional<LocalDateTime> at) {
        oldestUnsealed.set(at);
    }

    void noKey() {
        LOG.warn("the audit trail is not sealed, because no key is configured (weekly.keys)");
    }

    /** @param line one line of JSON */
    void sealed(String line) {
        SEALS.info(line);
    }

    void lateEvents(Seal seal) {
        LOG.warnf(
                "seal %d has late events: %s. Their transactions took longer than weekly.audit.settle",
                seal.number(), seal.late().text());
    }

    void anchorsNotWritten(Throwable failure) {
        LOG.errorf("seals could not be written to weekly.audit.anchor; they are written with the next seals: %s", failure);
    }

    void anchorDiffers(Anchor anchor) {
        LOG.errorf(
                "the newest anchor is of seal %d, which the database does not have or has with other content: seals were removed, or an "
                        + "old backup was restored. Run verify-audit",
                anchor.number());
    }
}

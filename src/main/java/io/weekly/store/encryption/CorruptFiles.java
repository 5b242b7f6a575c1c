package io.weekly.store.encryption;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.smallrye.mutiny.Uni;
import io.weekly.audit.AuditEvent;
import io.weekly.audit.AuditLog;
import io.weekly.audit.OncePerDay;
import io.weekly.database.Database;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.Map;
import org.jboss.logging.Logger;

/**
 * Tells operators about files that were changed, truncated or swapped: one log line and one audit event for each file and day, even if it
 * is read often. The file stays, because it is evidence. Each process tells for itself.
 */
@ApplicationScoped
public class CorruptFiles {

    private static final Logger LOG = Logger.getLogger("io.weekly.store");

    private final Database database;
    private final AuditLog audit;
    private final Clock clock;
    private final Counter refused;
    private final OncePerDay told;

    /** Registers the counter at the start, so that an alert on its increase sees the first count. */
    CorruptFiles(Database database, AuditLog audit, Clock clock, MeterRegistry meters) {
        this.database = database;
        this.audit = audit;
        this.clock = clock;
        this.told = new OncePerDay(clock);
        this.refused = Counter.builder("weekly.store.corrupt")
                .description("Reads of files that were refused because the file is not the one that was stored")
                .register(meters);
    }

    /** Reports the file, unless this process has reported it in the last 24 hours. Never fails. */
    public Uni<Void> report(CorruptFileException corrupt) {
        var file = corrupt.file();
        refused.increment();
        if (!told.isNew(file.path())) {
            return Uni.createFrom().voidItem();
        }
        LOG.errorf("file %s of report %s (tenant %d) is not the file that was stored: %s. It is not sent to anybody, and it is kept as"
                + " evidence: docs/encryption.md", file.path(), file.identity().reportId(), file.identity().tenantId(), corrupt.reason());
        var event = new AuditEvent(
                file.identity().tenantId(), clock.instant(), AuditEvent.SERVICE, "file.corrupt", file.identity().reportId(),
                Map.of("format", file.identity().format(), "path", file.path(), "reason", corrupt.reason()));
        return database.transaction(transaction -> audit.append(transaction, event))
                .onFailure()
                .recoverWithItem(failure -> {
                    LOG.errorf(failure, "the event of the corrupt file %s could not be written", file.path());
                    told.forget(file.path());
                    return null;
                });
    }
}

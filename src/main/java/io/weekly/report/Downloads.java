package io.weekly.report;

import io.smallrye.mutiny.Uni;
import io.weekly.audit.AuditEvent;
import io.weekly.audit.AuditLog;
import io.weekly.database.Database;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.Map;

/** Records which files users download. Each request has an event of its own, also if it is for a part of the file. */
@ApplicationScoped
public class Downloads {

    private final Database database;
    private final AuditLog audit;
    private final Clock clock;

    Downloads(Database database, AuditLog audit, Clock clock) {
        this.database = database;
        this.audit = audit;
        this.clock = clock;
    }

    /**
     * Records that a file is about to be sent.
     *
     * @param isWhole false if only a range of it is sent
     */
    public Uni<Void> record(Report report, Report.File file, boolean isWhole, String actor) {
        var event = new AuditEvent(
                report.tenantId(), clock.instant(), actor, "file.downloaded", report.id(),
                Map.of("format", file.format(), "sha256", file.sha256(), "whole", isWhole));
        return database.transaction(transaction -> audit.append(transaction, event));
    }
}

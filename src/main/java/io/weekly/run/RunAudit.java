package io.weekly.run;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlClient;
import io.weekly.audit.AuditEvent;
import io.weekly.audit.AuditLog;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.Map;

/** Writes the audit events of runs, in the transaction of the change. */
@ApplicationScoped
class RunAudit {

    private final AuditLog audit;
    private final Clock clock;

    RunAudit(AuditLog audit, Clock clock) {
        this.audit = audit;
        this.clock = clock;
    }

    /** Something that the service did by itself. */
    Uni<Void> append(SqlClient transaction, int tenantId, String runId, String action, Map<String, Object> detail) {
        return append(transaction, tenantId, runId, action, AuditEvent.SERVICE, detail);
    }

    /** Something that somebody did. */
    Uni<Void> append(SqlClient transaction, int tenantId, String runId, String action, String actor, Map<String, Object> detail) {
        return audit.append(transaction, new AuditEvent(tenantId, clock.instant(), actor, action, runId, detail));
    }
}

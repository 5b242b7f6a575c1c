package io.weekly.tenant;

import static io.weekly.database.Utc.column;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlClient;
import io.vertx.mutiny.sqlclient.Tuple;
import io.weekly.audit.AuditEvent;
import io.weekly.audit.AuditLog;
import io.weekly.database.Database;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;

/** Finds the tenants whose persons have to be erased, and records that it is done. */
@ApplicationScoped
public class TenantErasure {

    private final Database database;
    private final AuditLog audit;
    private final Clock clock;

    TenantErasure(Database database, AuditLog audit, Clock clock) {
        this.database = database;
        this.audit = audit;
        this.clock = clock;
    }

    private static final String DUE =
            """
            SELECT id
            FROM tenant
            WHERE erased_at IS NULL AND ended_at <= ? AND id > ?
            ORDER BY id
            LIMIT ?""";

    /** The numbers of tenants that ended until then and are not erased, in their order, starting after {@code after}. */
    public Uni<List<Integer>> due(Instant endedUntil, int after, int limit) {
        return database.client()
                .preparedQuery(DUE)
                .execute(Tuple.of(column(endedUntil), after, limit))
                .map(rows -> StreamSupport.stream(rows.spliterator(), false).map(row -> row.getInteger("id")).toList());
    }

    /**
     * Nothing else is left: erases the sender, the fallback address and the PDF password of the tenant. Of two processes, one writes the
     * event.
     */
    public Uni<Void> finish(int tenantId) {
        return database.transaction(transaction -> Tenants.erase(transaction, tenantId, clock.instant())
                .flatMap(erased -> erased ? append(transaction, tenantId) : Uni.createFrom().voidItem()));
    }

    private Uni<Void> append(SqlClient transaction, int tenantId) {
        return audit.append(transaction, new AuditEvent(
                tenantId, clock.instant(), AuditEvent.SERVICE, "tenant.erased", Integer.toString(tenantId), Map.of()));
    }
}

package io.weekly.tenant.logo;

import static io.weekly.database.Utc.column;

import io.smallrye.mutiny.Uni;
import io.vertx.core.buffer.Buffer;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import io.weekly.audit.AuditEvent;
import io.weekly.audit.AuditLog;
import io.weekly.database.Database;
import io.weekly.tenant.Person;
import io.weekly.tenant.PersonalData;
import io.weekly.tenant.Scope.OfTenant;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;

/** Stores the logos: one for each tenant. */
@ApplicationScoped
public class Logos implements PersonalData {

    private static final String FIND =
            """
            SELECT media_type, bytes, sha256
            FROM logo
            WHERE tenant_id = ?""";

    private final Database database;
    private final AuditLog audit;
    private final Clock clock;

    Logos(Database database, AuditLog audit, Clock clock) {
        this.database = database;
        this.audit = audit;
        this.clock = clock;
    }

    /** The tenant's logo; empty if it has none. */
    public Uni<Optional<Logo>> find(OfTenant tenant) {
        return database.client()
                .preparedQuery(FIND)
                .execute(Tuple.of(tenant.tenantId()))
                .map(rows -> rows.size() == 0 ? Optional.empty() : Optional.of(logo(rows.iterator().next())));
    }

    private static final String KNOWN =
            """
            SELECT sha256
            FROM logo
            WHERE tenant_id = ?
            FOR UPDATE""";
    private static final String PUT =
            """
            INSERT INTO logo (tenant_id, media_type, bytes, sha256, updated_at)
            VALUES (?, ?, ?, ?, ?)
            ON DUPLICATE KEY UPDATE
              media_type = VALUES(media_type), bytes = VALUES(bytes), sha256 = VALUES(sha256), updated_at = VALUES(updated_at)""";

    /**
     * Stores a logo without a fault and replaces the one before.
     *
     * @param slug of the tenant, for the audit trail
     * @return true if the tenant had no logo before
     */
    public Uni<Boolean> put(OfTenant tenant, String slug, Logo logo, String actor) {
        var row = Tuple.of(tenant.tenantId(), logo.mediaType(), Buffer.buffer(logo.bytes()), logo.sha256(), column(clock.instant()));
        var detail = Map.<String, Object>of("mediaType", logo.mediaType(), "bytes", logo.bytes().length, "sha256", logo.sha256());
        return database.transaction(transaction -> transaction
                .preparedQuery(KNOWN)
                .execute(Tuple.of(tenant.tenantId()))
                .map(known -> known.size() == 0)
                .call(_ -> transaction.preparedQuery(PUT).execute(row))
                .call(_ -> audit.append(transaction, event(tenant, slug, actor, "tenant.logo-set", detail))));
    }

    private static final String REMOVE =
            """
            DELETE FROM logo
            WHERE tenant_id = ?""";

    /** Removes the logo; false if there is none. */
    public Uni<Boolean> remove(OfTenant tenant, String slug, String actor) {
        return database.transaction(transaction -> transaction
                .preparedQuery(REMOVE)
                .execute(Tuple.of(tenant.tenantId()))
                .flatMap(removed -> removed.rowCount() == 0
                        ? Uni.createFrom().item(false)
                        : audit.append(transaction, event(tenant, slug, actor, "tenant.logo-removed", Map.of())).replaceWith(true)));
    }

    /** A logo is of the whole tenant. */
    @Override
    public Uni<Boolean> erase(Person person) {
        return Uni.createFrom().item(true);
    }

    @Override
    public Uni<Boolean> eraseAll(int tenantId) {
        return database.client().preparedQuery(REMOVE).execute(Tuple.of(tenantId)).replaceWith(true);
    }

    private static Logo logo(Row row) {
        return new Logo(row.getString("media_type"), row.getBuffer("bytes").getBytes(), row.getString("sha256"));
    }

    private AuditEvent event(OfTenant tenant, String slug, String actor, String action, Map<String, Object> detail) {
        return new AuditEvent(tenant.tenantId(), clock.instant(), actor, action, slug, detail);
    }
}

package io.weekly.owner;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlClient;
import io.vertx.mutiny.sqlclient.Tuple;
import io.weekly.database.Database;
import io.weekly.database.Keyset;
import io.weekly.database.Utc;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.StreamSupport;

/**
 * The table {@code owner_digest}: up to when the digests of each tenant are written. The row changes in the transaction that stores the
 * letters. So of several processes one writes the digests of a week, and one that dies has written all of them or none.
 */
@ApplicationScoped
class DigestTurns {

    private static final int PAGE = 500;

    private final Database database;

    DigestTurns(Database database) {
        this.database = database;
    }

    private static final String TENANTS =
            """
            SELECT t.id, t.slug, t.name, t.zone, d.written_to
            FROM tenant t
            LEFT JOIN owner_digest d ON d.tenant_id = t.id
            WHERE t.id > ? AND t.ended_at IS NULL
            ORDER BY t.id
            LIMIT ?""";

    /** All tenants that have not ended, read page by page. */
    Multi<DigestTenant> tenants() {
        return Keyset.rows(0, this::page, DigestTenant::id);
    }

    private Uni<List<DigestTenant>> page(int after) {
        return database.client()
                .preparedQuery(TENANTS)
                .execute(Tuple.of(after, PAGE))
                .map(rows -> StreamSupport.stream(rows.spliterator(), false).map(DigestTenant::of).toList());
    }

    private static final String BEGIN =
            """
            INSERT IGNORE INTO owner_digest (tenant_id, written_to)
            VALUES (?, ?)""";

    /** The first digest of a new tenant is about what happens from now on. */
    Uni<Void> begin(DigestTenant tenant, Instant due) {
        return database.client().preparedQuery(BEGIN).execute(Tuple.of(tenant.id(), Utc.column(due))).replaceWithVoid();
    }

    private static final String TAKE =
            """
            SELECT written_to
            FROM owner_digest
            WHERE tenant_id = ?
            FOR UPDATE SKIP LOCKED""";

    /** Locks the tenant until the transaction ends, and reads its row again. Empty if another process is at it. */
    Uni<Optional<DigestTenant>> take(SqlClient transaction, DigestTenant tenant) {
        return transaction.preparedQuery(TAKE).execute(Tuple.of(tenant.id())).map(rows -> rows.size() == 0
                ? Optional.empty()
                : Optional.of(tenant.writtenTo(Utc.instant(rows.iterator().next().getLocalDateTime("written_to")))));
    }

    private static final String WRITTEN =
            """
            UPDATE owner_digest
            SET written_to = ?
            WHERE tenant_id = ?""";

    /** The letters are stored. The caller holds the tenant. */
    Uni<Void> written(SqlClient transaction, DigestTenant tenant, Instant due) {
        return transaction.preparedQuery(WRITTEN).execute(Tuple.of(Utc.column(due), tenant.id())).replaceWithVoid();
    }
}

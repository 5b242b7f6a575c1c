package io.weekly.store.encryption;

import static io.weekly.database.Utc.column;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import io.weekly.database.Database;
import io.weekly.keys.KeyUser;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.StreamSupport;

/** The table {@code file_keys}: one wrapped key set for each tenant that has encrypted files. */
@ApplicationScoped
class FileKeyRows implements KeyUser {

    private final Database database;
    private final Clock clock;

    FileKeyRows(Database database, Clock clock) {
        this.database = database;
        this.clock = clock;
    }

    private static final String FIND =
            """
            SELECT tenant_id, key_id, key_set
            FROM file_keys
            WHERE tenant_id = ?""";

    /** The key set of the tenant; empty if it has none. */
    Uni<Optional<WrappedKeySet>> find(int tenantId) {
        return database.client()
                .preparedQuery(FIND)
                .execute(Tuple.of(tenantId))
                .map(rows -> StreamSupport.stream(rows.spliterator(), false).map(FileKeyRows::keySet).findFirst());
    }

    private static final String ACTIVE =
            """
            SELECT id
            FROM tenant
            WHERE id = ? AND ended_at IS NULL""";
    private static final String CREATE =
            """
            INSERT INTO file_keys (tenant_id, key_id, key_set, created_at, wrapped_at)
            VALUES (?, ?, ?, ?, ?)
            ON DUPLICATE KEY UPDATE tenant_id = VALUES(tenant_id)""";

    /**
     * Stores the first key set of a tenant. If the tenant has one already, that one stays: another process was faster. A tenant that has
     * ended gets none, because nobody would delete it.
     */
    Uni<Void> create(WrappedKeySet keySet) {
        return database.transaction(transaction -> transaction
                .preparedQuery(ACTIVE)
                .execute(Tuple.of(keySet.tenantId()))
                .flatMap(active -> active.size() == 0 ? Uni.createFrom().voidItem() : insert(transaction, keySet)));
    }

    private Uni<Void> insert(SqlConnection transaction, WrappedKeySet keySet) {
        var now = column(clock.instant());
        return transaction
                .preparedQuery(CREATE)
                .execute(Tuple.of(keySet.tenantId(), keySet.keyId(), keySet.text(), now, now))
                .replaceWithVoid();
    }

    private static final String PAGE =
            """
            SELECT tenant_id, key_id, key_set
            FROM file_keys
            WHERE tenant_id > ? AND key_id <> ?
            ORDER BY tenant_id
            LIMIT ?""";

    /** The next key sets that are wrapped with another key than this one, in the order of their tenants. */
    Uni<List<WrappedKeySet>> wrappedOtherwise(String keyId, int afterTenant, int limit) {
        return database.client()
                .preparedQuery(PAGE)
                .execute(Tuple.of(afterTenant, keyId, limit))
                .map(rows -> StreamSupport.stream(rows.spliterator(), false).map(FileKeyRows::keySet).toList());
    }

    private static final String REPLACE =
            """
            UPDATE file_keys
            SET key_id = ?, key_set = ?, wrapped_at = ?
            WHERE tenant_id = ? AND key_id = ? AND key_set = ?""";

    /** Replaces the row if it still is {@code before}. False if another process has changed or deleted it. */
    Uni<Boolean> replace(WrappedKeySet before, WrappedKeySet after) {
        return database.client()
                .preparedQuery(REPLACE)
                .execute(Tuple.of(
                        after.keyId(), after.text(), column(clock.instant()), before.tenantId(), before.keyId(), before.text()))
                .map(replaced -> replaced.rowCount() == 1);
    }

    private static final String DELETE =
            """
            DELETE FROM file_keys
            WHERE tenant_id = ?""";

    /** Deletes the key set. Nobody can decrypt a file of the tenant after that. */
    Uni<Void> delete(int tenantId) {
        return database.client().preparedQuery(DELETE).execute(Tuple.of(tenantId)).replaceWithVoid();
    }

    private static final String COUNT =
            """
            SELECT key_id, COUNT(*) AS key_sets
            FROM file_keys
            GROUP BY key_id""";

    @Override
    public String things() {
        return "fileKeys";
    }

    /** Tenants that have ended count too: their files are readable until they are erased. */
    @Override
    public Uni<Map<String, Long>> countByKey() {
        return database.client().query(COUNT).execute().map(rows -> {
            var counts = new HashMap<String, Long>();
            rows.forEach(row -> counts.put(row.getString("key_id"), row.getLong("key_sets")));
            return counts;
        });
    }

    private static WrappedKeySet keySet(Row row) {
        return new WrappedKeySet(row.getInteger("tenant_id"), row.getString("key_id"), row.getString("key_set"));
    }
}

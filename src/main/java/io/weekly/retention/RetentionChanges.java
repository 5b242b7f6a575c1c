package io.weekly.retention;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlClient;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import io.weekly.database.Database;
import io.weekly.database.Ids;
import io.weekly.tenant.Tenant;
import io.weekly.tenant.TenantListener;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.StreamSupport;

/**
 * The table {@code retention_change}: tenants whose {@code retentionDays} have changed, with a cursor over their reports. The row is
 * written in the transaction that changes the tenant, and deleted when the last file has its new date. A second change starts again.
 */
@ApplicationScoped
class RetentionChanges implements TenantListener {

    private final Database database;

    RetentionChanges(Database database) {
        this.database = database;
    }

    private static final String BEGIN =
            """
            INSERT INTO retention_change (tenant_id, after_report)
            VALUES (?, UNHEX(?))
            ON DUPLICATE KEY UPDATE after_report = VALUES(after_report)""";

    @Override
    public Uni<Void> changed(SqlConnection transaction, Tenant before, Tenant after) {
        return Objects.equals(before.retentionDays(), after.retentionDays())
                ? Uni.createFrom().voidItem()
                : transaction.preparedQuery(BEGIN).execute(Tuple.of(before.id(), Ids.NONE)).replaceWithVoid();
    }

    /** The files of an ended tenant are deleted as a whole. */
    @Override
    public Uni<Void> ended(SqlConnection transaction, Tenant tenant) {
        return Uni.createFrom().voidItem();
    }

    private static final String OPEN =
            """
            SELECT tenant_id
            FROM retention_change
            WHERE tenant_id > ?
            ORDER BY tenant_id
            LIMIT ?""";

    /** The numbers of tenants whose files need new dates, in their order, starting after {@code after}. */
    Uni<List<Integer>> open(int after, int limit) {
        return database.client()
                .preparedQuery(OPEN)
                .execute(Tuple.of(after, limit))
                .map(rows -> StreamSupport.stream(rows.spliterator(), false).map(row -> row.getInteger("tenant_id")).toList());
    }

    private static final String LOCK =
            """
            SELECT LOWER(HEX(after_report)) AS after_report
            FROM retention_change
            WHERE tenant_id = ?
            FOR UPDATE SKIP LOCKED""";
    // Not locked: if somebody changes the days at this moment, that transaction then waits for the row above, and starts from the
    // beginning.
    private static final String DAYS =
            """
            SELECT retention_days
            FROM tenant
            WHERE id = ?""";

    /**
     * A change that this transaction has locked.
     *
     * @param after the last report that has its new date
     * @param days how long files are kept now; empty for the default of the service
     */
    record Locked(int tenantId, String after, OptionalInt days) {}

    /** Locks the change of a tenant; empty if it has ended, or if another process is at it. */
    Uni<Optional<Locked>> lock(SqlClient transaction, int tenantId) {
        return transaction.preparedQuery(LOCK).execute(Tuple.of(tenantId)).flatMap(rows -> rows.size() == 0
                ? Uni.createFrom().item(Optional.empty())
                : days(transaction, tenantId)
                        .map(days -> Optional.of(new Locked(tenantId, rows.iterator().next().getString("after_report"), days))));
    }

    private static Uni<OptionalInt> days(SqlClient transaction, int tenantId) {
        return transaction.preparedQuery(DAYS).execute(Tuple.of(tenantId)).map(rows -> {
            var days = rows.iterator().next().getInteger("retention_days");
            return days == null ? OptionalInt.empty() : OptionalInt.of(days);
        });
    }

    private static final String MOVE_ON =
            """
            UPDATE retention_change
            SET after_report = UNHEX(?)
            WHERE tenant_id = ?""";

    /** The reports up to this one have their new date. */
    Uni<Void> moveOn(SqlClient transaction, Locked change, String last) {
        return transaction.preparedQuery(MOVE_ON).execute(Tuple.of(last, change.tenantId())).replaceWithVoid();
    }

    private static final String END =
            """
            DELETE FROM retention_change
            WHERE tenant_id = ?""";

    /** All files have their new date. */
    Uni<Void> end(SqlClient transaction, Locked change) {
        return transaction.preparedQuery(END).execute(Tuple.of(change.tenantId())).replaceWithVoid();
    }
}

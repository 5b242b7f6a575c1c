package io.weekly.report;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlClient;
import io.vertx.mutiny.sqlclient.Tuple;
import io.weekly.database.Utc;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The column {@code late_at} of a run: when one of its reports bounced or failed after the run had finished. The next digest of the owner
 * has such a run again. The time may be up to {@link #STEP} too early, so that many bounces of one run do not wait for each other.
 */
final class RunLateEnds {

    /** Less than the ten minutes that a digest waits before it reads the counters of runs. */
    private static final Duration STEP = Duration.ofMinutes(5);

    // Takes no lock. A run that has not finished is in the digest after its end.
    private static final String IS_OLD =
            """
            SELECT 1
            FROM run
            WHERE tenant_id = ? AND id = UNHEX(?) AND finished_at IS NOT NULL AND (late_at IS NULL OR late_at < ?)""";
    private static final String NOTE =
            """
            UPDATE run
            SET late_at = ?
            WHERE tenant_id = ? AND id = UNHEX(?)""";

    private RunLateEnds() {}

    /** @param runId null if the report belongs to no run; then nothing happens */
    static Uni<Void> note(SqlClient transaction, int tenantId, @Nullable String runId, Instant at) {
        if (runId == null) {
            return Uni.createFrom().voidItem();
        }
        return transaction
                .preparedQuery(IS_OLD)
                .execute(Tuple.of(tenantId, runId, Utc.column(at.minus(STEP))))
                .flatMap(rows -> rows.size() == 0
                        ? Uni.createFrom().voidItem()
                        : transaction.preparedQuery(NOTE).execute(Tuple.of(Utc.column(at), tenantId, runId)).replaceWithVoid());
    }
}

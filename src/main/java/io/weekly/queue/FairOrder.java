package io.weekly.queue;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlClient;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;

/**
 * The fair order between tenants: reserves turns (virtual time) for the jobs of tenants, and updates the turn of each lane. The description
 * of this package explains turns.
 */
@ApplicationScoped
class FairOrder {

    // max(turn of the lane, last turn of the tenant) + n. VALUES(turn) is the turn of the lane + n.
    private static final String RESERVE =
            """
            INSERT INTO tenant_turn (lane, priority, tenant_id, turn)
            SELECT lane, priority, ?, turn + ?
            FROM lane_turn
            WHERE lane = ? AND priority = ?
            ON DUPLICATE KEY UPDATE turn = GREATEST(tenant_turn.turn, VALUES(turn) - ?) + ?""";
    private static final String LAST =
            """
            SELECT turn
            FROM tenant_turn
            WHERE lane = ? AND priority = ? AND tenant_id = ?""";
    private static final String MOVE_ON =
            """
            UPDATE lane_turn
            SET turn = ?
            WHERE lane = ? AND priority = ? AND turn < ?""";

    /**
     * Reserves the tenant's next turns. Other transactions that enqueue jobs of this tenant wait until this one has ended.
     *
     * @param count at least 1
     * @return the first of the turns
     */
    Uni<Long> reserve(SqlClient transaction, Lane lane, Priority priority, int tenantId, int count) {
        return transaction
                .preparedQuery(RESERVE)
                .execute(Tuple.from(new Object[] {tenantId, count, lane.sql(), priority.sql(), count, count}))
                .flatMap(_ -> transaction
                        .preparedQuery(LAST)
                        .execute(Tuple.of(lane.sql(), priority.sql(), tenantId)))
                .map(rows -> rows.iterator().next().getLong("turn") - count + 1);
    }

    /** Records that a job with this turn was claimed, so the turn of the lane is at least this. */
    Uni<Void> moveOn(SqlClient transaction, Lane lane, Priority priority, long turn) {
        return transaction
                .preparedQuery(MOVE_ON)
                .execute(Tuple.of(turn, lane.sql(), priority.sql(), turn))
                .replaceWithVoid();
    }
}
